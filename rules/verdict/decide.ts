import { canonicalJson } from "../canonical.ts";
import { compareBytes } from "../change/path-order.ts";
import type { CompletenessFacts } from "../facts/facts.ts";
import { compareReasons } from "./reason-order.ts";
import type { Decision, GovernanceVerdict, Origin, PolicyCheck, Reason } from "./verdict.ts";

/** How many reasons a verdict shows; `reasonsOmitted` counts the rest. */
export const MAX_REASONS = 1000;

/** What a verdict is made of. */
export interface Grounds {
  readonly checks: readonly PolicyCheck[];
  readonly completeness: CompletenessFacts;
  readonly origin: Origin;
  readonly simulation: boolean;
}

/**
 * Decides: the worst unsettled reason is the decision, and without one the change is allowed.
 *
 * Reasons are sorted and capped. Settled ones are left out first, then those at the end of the
 * order, which begins with denials: what decides is never pushed out by what does not.
 */
export function decide({ checks, completeness, origin, simulation }: Grounds): GovernanceVerdict {
  const reasons = checks.flatMap((check) => check.reasons);
  const unsettled = reasons.filter(isUnsettled);
  const shown = shownReasons(reasons);
  const omitted = checks.reduce((sum, { reasonsOmitted = 0 }) => sum + reasonsOmitted, 0);
  return {
    decision: worstOf(unsettled),
    policyIds: policyIdsOf(unsettled),
    reasons: shown,
    reasonsOmitted: omitted + reasons.length - shown.length,
    provenance: { origin, confidence: confidenceOf(completeness), simulation },
  };
}

/** The worst decision of some reasons: DENY > WARN > ALLOW. */
export function worstOf(reasons: readonly Reason[]): Decision {
  if (reasons.some(({ decision }) => decision === "DENY")) return "DENY";
  return reasons.length > 0 ? "WARN" : "ALLOW";
}

/** The policies of some reasons, each once, sorted. */
export function policyIdsOf(reasons: readonly Reason[]): string[] {
  return [...new Set(reasons.map(({ policyId }) => policyId))].sort(compareBytes);
}

/** Whether nobody settled a reason. */
export function isUnsettled({ settledBy }: Reason): boolean {
  return settledBy.length === 0;
}

/** Checks in one order, wherever their policies came from: by id, document, then all the rest. */
export function sortChecks(checks: readonly PolicyCheck[]): PolicyCheck[] {
  return [...checks].sort(
    (left, right) =>
      compareBytes(left.policyId, right.policyId) ||
      compareBytes(left.document, right.document) ||
      compareBytes(canonicalJson(left), canonicalJson(right)),
  );
}

function shownReasons(reasons: readonly Reason[]): Reason[] {
  return [...reasons]
    .sort((left, right) => settledLast(left, right) || compareReasons(left, right))
    .slice(0, MAX_REASONS)
    .sort(compareReasons);
}

function settledLast(left: Reason, right: Reason): number {
  return Number(isUnsettled(right)) - Number(isUnsettled(left));
}

function confidenceOf({ relevant, read }: CompletenessFacts): number {
  // Cut rather than rounded: 1 means that everything was read.
  return relevant === 0 ? 1 : Math.floor((read / relevant) * 1000) / 1000;
}
