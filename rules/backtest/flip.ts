import { POLICY_ERROR } from "../verdict/reserved.ts";
import type { Decision, GovernanceVerdict } from "../verdict/verdict.ts";

/** A verdict that other policies turn into another one. */
export interface Flip {
  readonly before: Decision;
  readonly after: Decision;
  /** Of the stricter verdict, with the first of its reasons. */
  readonly policyIds: readonly string[];
  readonly why: string;
}

/** What holding two verdicts against each other gives. `untold`: a policy needs what nobody knows any more. */
export type Comparison = Flip | "same" | "untold";

type Compared = Pick<GovernanceVerdict, "decision" | "policyIds" | "reasons">;

/**
 * Holds two verdicts of one change against each other. They are `untold` where the later one is
 * stricter for nothing but facts that are unknown: that is how little is known of the past, and no
 * flip.
 */
export function compareVerdicts(before: Compared, after: Compared): Comparison {
  if (before.decision === after.decision) return "same";
  const isStricter = isWorse(after.decision, before.decision);
  if (isStricter && isByErrorsAlone(after)) return "untold";
  const { policyIds, reasons } = isStricter ? after : before;
  const why = reasons.find(({ settledBy }) => settledBy.length === 0)?.message ?? "";
  return { before: before.decision, after: after.decision, policyIds, why };
}

function isByErrorsAlone({ decision, reasons }: Compared): boolean {
  const deciding = reasons.filter(
    (reason) => reason.decision === decision && reason.settledBy.length === 0,
  );
  return deciding.length > 0 && deciding.every(({ policyId }) => policyId === POLICY_ERROR);
}

/** Of two decisions that differ: nothing is worse than a denial, nor better than leave. */
function isWorse(one: Decision, other: Decision): boolean {
  return one === "DENY" || other === "ALLOW";
}
