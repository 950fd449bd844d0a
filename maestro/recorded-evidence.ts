import { recordedItems, type RecordedReason, type VerdictPredicate } from "../ledger/predicates.ts";
import type { Evidence } from "../rules/evidence.ts";
import type { External } from "../rules/facts/facts.ts";
import type { Decision, Reason } from "../rules/verdict/verdict.ts";
import type { GovernedAction } from "./ports.ts";

/** What a verdict's record holds of its change that git does not. */
export interface RecordedInputs {
  readonly action: GovernedAction;
  readonly external: Evidence["external"];
}

/**
 * The inputs of a recorded verdict; null where some were too large for the record, so that only
 * their digest stands there.
 */
export function recordedInputs(predicate: VerdictPredicate): RecordedInputs | null {
  const { attempt, ...facts } = predicate.action;
  const { external, repository, change, verdict } = predicate;
  if ([...Object.values(facts), ...Object.values(external)].some(isOmitted)) return null;
  return {
    action: {
      facts: facts as GovernedAction["facts"],
      repository: repository,
      range: { base: change.base, head: change.head },
      origin: verdict.provenance.origin,
      attempt,
    },
    external: {
      ...(external as External),
      // Earlier records have none.
      contributors: (external.contributors as External["contributors"] | undefined) ?? null,
      properties: (repository["properties"] as External["properties"]) ?? null,
      verified: verifiedOf(external["verified"]),
    },
  };
}

function verifiedOf(
  commits: VerdictPredicate["external"]["verified"],
): Readonly<Record<string, boolean>> | null {
  if (!Array.isArray(commits)) return null;
  return Object.fromEntries(commits.map(({ sha, verified }) => [sha, verified]));
}

/** A recorded decision with the reasons that the record still holds. */
export function recordedVerdict({ verdict: { decision, policyIds, reasons } }: VerdictPredicate): {
  readonly decision: Decision;
  readonly policyIds: readonly string[];
  readonly reasons: readonly Reason[];
} {
  return { decision, policyIds, reasons: recordedItems<RecordedReason>(reasons) };
}

function isOmitted(part: unknown): boolean {
  return typeof part === "object" && part !== null && "digest" in part && "count" in part;
}
