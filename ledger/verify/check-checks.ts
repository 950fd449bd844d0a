import { recordedItems, type RecordedCheck, type VerdictPredicate } from "../predicates.ts";

/**
 * Why a verdict's checks contradict each other or their own reasons, null where they do not: one
 * evaluation of a policy is told once, each was made by a document that the record lists, and its
 * outcome is the one that its reasons give.
 */
export function checksFault({ checks, policies }: VerdictPredicate): string | null {
  const told = recordedItems<RecordedCheck>(checks);
  if (!told.every(outcomeFollows)) return "a check's outcome is not the one that its reasons give";
  const documents = new Set(policies.map(({ digest }) => digest));
  const own = told.filter(({ policyId }) => !policyId.startsWith(RESERVED));
  if (!own.every(({ document }) => documents.has(document))) {
    return "a check's document is not among its policies";
  }
  // A file that gives an id twice is itself in error, and both are evaluated.
  if (told.some(({ policyId }) => policyId === POLICY_ERROR)) return null;
  const policiesTold = new Set(own.map(({ policyId, document }) => `${document} ${policyId}`));
  return policiesTold.size === own.length ? null : "it tells of one policy's check twice";
}

/** The ids of checks that no document asks for. */
const RESERVED = "bailiff/";
const POLICY_ERROR = "bailiff/policy-error";

function outcomeFollows({ outcome, reasons }: RecordedCheck): boolean {
  if (!Array.isArray(reasons)) return true;
  const list = reasons as readonly { readonly settledBy: readonly unknown[] }[];
  const settled = list.every(({ settledBy }) => settledBy.length > 0);
  switch (outcome) {
    case "pass":
      return list.length === 0;
    case "approved":
    case "waived":
    case "overridden":
      return list.length > 0 && settled;
    case "fail":
    case "error":
      return !settled;
  }
}
