import type { Judgement } from "../rules/evidence.ts";
import { counted } from "./counted.ts";

/**
 * `BREAK-GLASS: overridden by @ann: production is down; 3 reasons stand`: what an overridden verdict
 * says first, everywhere; null for every other. Unescaped.
 */
export function breakGlassLine({ verdict }: Pick<Judgement, "verdict">): string | null {
  const overridden = verdict.reasons.filter(({ settledBy }) =>
    settledBy.some(({ kind }) => kind === "override"),
  );
  const act = overridden[0]?.settledBy.find(({ kind }) => kind === "override");
  if (act === undefined) return null;
  const count = overridden.length + verdict.reasonsOmitted;
  const stand = count === 1 ? "1 reason stands" : `${counted(count, "reason")} stand`;
  return `BREAK-GLASS: overridden by @${act.actor}: ${act.reason ?? ""}; ${stand}`;
}

/** `1 emergency override waits for review`; null where none does, or nobody knows. */
export function waitingLine({ awaitingReview = 0 }: Judgement): string | null {
  if (awaitingReview === 0) return null;
  const verb = awaitingReview === 1 ? "waits" : "wait";
  return `${counted(awaitingReview, "emergency override")} ${verb} for review`;
}
