import { sha256Hex } from "../canonical.ts";
import type { CompletenessFacts, UnreadFact } from "../facts/facts.ts";
import type { PolicyProblem, PolicySet } from "../policy/policy-set.ts";
import { compareReasons } from "./reason-order.ts";
import type { Origin, PolicyCheck, Reason } from "./verdict.ts";

/** The id of reasons that a policy could not be judged by. */
export const POLICY_ERROR = "bailiff/policy-error";

/** The id of reasons that a file which may grant was not understood. */
const INCOMPLETE_EVIDENCE = "bailiff/incomplete-evidence";

/** What stands for the document of a check that no document asks for: the sha256 of nothing. */
export const NO_DOCUMENT = sha256Hex("");

/**
 * The check that all that may grant was read: always recorded. A file of a kind that grants and
 * was not understood denies at its place, one that merely resembles such a file warns.
 */
export function incompleteEvidence({ unread }: CompletenessFacts): PolicyCheck {
  const reasons = unread.map(unreadReason).sort(compareReasons);
  const outcome = reasons.length === 0 ? "pass" : "fail";
  return { policyId: INCOMPLETE_EVIDENCE, document: NO_DOCUMENT, outcome, reasons };
}

/** One check for each document with problems; while there is one, judging denies. */
export function policyErrors({ sources, problems }: PolicySet): PolicyCheck[] {
  const byPath = Map.groupBy(problems, ({ path }) => path);
  return [...byPath].map(([path, inside]) => ({
    policyId: POLICY_ERROR,
    document: sources.find((source) => source.path === path)?.digest ?? NO_DOCUMENT,
    outcome: "error",
    reasons: inside.map(problemReason).sort(compareReasons),
  }));
}

/**
 * The check that a file of waivers can be read, where it has problems. They warn: what is broken
 * waives nothing, so that nothing passes by it.
 */
export function waiverFileErrors({ waiverFile }: PolicySet, origin: Origin): PolicyCheck[] {
  if (waiverFile === undefined || origin === "app" || waiverFile.problems.length === 0) return [];
  const reasons = waiverFile.problems.map((problem) => {
    return { ...problemReason(problem), decision: "WARN" as const };
  });
  const document = waiverFile.source.digest;
  return [
    { policyId: POLICY_ERROR, document, outcome: "error", reasons: reasons.sort(compareReasons) },
  ];
}

function unreadReason({ path, side, claim, why, line }: UnreadFact): Reason {
  const grants = claim === "grants";
  return {
    policyId: INCOMPLETE_EVIDENCE,
    decision: grants ? "DENY" : "WARN",
    message: grants
      ? `what this file grants is unknown: ${why}`
      : `this file looks like one that grants, and was not understood: ${why}`,
    path,
    side,
    line,
    endLine: line,
    remedy: "correct the file so that it can be read, or take it out of this change",
    settledBy: [],
  };
}

/** Without a side: the document is the default branch's or a pack, no version of a changed file. */
function problemReason({ path, line, message, remedy }: PolicyProblem): Reason {
  return {
    policyId: POLICY_ERROR,
    decision: "DENY",
    message,
    path,
    side: null,
    line,
    endLine: line,
    remedy,
    settledBy: [],
  };
}
