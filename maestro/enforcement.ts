import type { Judgement } from "../rules/evidence.ts";

/** The weakest decision that stops what it is about. */
export type FailOn = "deny" | "warn";

/** Whether a verdict stops what it is about. A simulation stops nothing. */
export function isStopped({ verdict }: Judgement, failOn: FailOn = "deny"): boolean {
  if (verdict.provenance.simulation) return false;
  return verdict.decision === "DENY" || (verdict.decision === "WARN" && failOn === "warn");
}

const RANK = { ALLOW: 0, WARN: 1, DENY: 2 } as const;

/** Whether one verdict decides more strictly than another. */
export function isStricter({ verdict: one }: Judgement, { verdict: other }: Judgement): boolean {
  return RANK[one.decision] > RANK[other.decision];
}
