import type { Judgement } from "../rules/evidence.ts";
import type { CheckOutcome, Decision, Reason, Settlement } from "../rules/verdict/verdict.ts";
import { breakGlassLine, waitingLine } from "./break-glass.ts";
import { counted } from "./counted.ts";

/** A verdict's reasons by what they mean to a reader, each group in the verdict's order. */
export interface VerdictOutline {
  readonly decision: Decision;
  readonly simulation: boolean;
  readonly denials: readonly Reason[];
  readonly warnings: readonly Reason[];
  readonly settled: readonly Reason[];
  readonly omitted: number;
  /** What is said first of an overridden verdict; null for every other. */
  readonly breakGlass: string | null;
  /** That emergency overrides wait for review; null where none does. */
  readonly waiting: string | null;
}

/** Sorts a verdict's reasons into denials, warnings and settled ones. */
export function outlineOf(judgement: Judgement): VerdictOutline {
  const { verdict } = judgement;
  const unsettled = verdict.reasons.filter((reason) => !isSettled(reason));
  return {
    decision: verdict.decision,
    simulation: verdict.provenance.simulation,
    denials: unsettled.filter((reason) => reason.decision === "DENY"),
    warnings: unsettled.filter((reason) => reason.decision === "WARN"),
    settled: verdict.reasons.filter(isSettled),
    omitted: verdict.reasonsOmitted,
    breakGlass: breakGlassLine(judgement),
    waiting: waitingLine(judgement),
  };
}

export function isSettled(reason: Reason): boolean {
  return reason.settledBy.length > 0;
}

/** What the decision means for the change: one sentence without its full stop. */
export function meaningOf(outline: VerdictOutline): string {
  const { decision, denials, warnings, settled, simulation, omitted } = outline;
  const least = omitted > 0 ? "at least " : "";
  const would = simulation ? "would have" : denials.length === 1 ? "has" : "have";
  if (decision === "DENY")
    return `${least}${counted(denials.length, "reason")} ${would} to be settled before this change may enter`;
  if (decision === "WARN")
    return `this change may enter, with ${least}${counted(warnings.length, "warning")}`;
  if (settled.length === 0) return "nothing stands against this change";
  return `this change may enter: ${least}${counted(settled.length, "reason")} settled, none left`;
}

/** `an approval by bo, 2026-11-22T10:00:00Z`, `waived by ann until 2026-12-31: why`; unescaped. */
export function settlementText({ kind, actor, at, until, reason }: Settlement): string {
  const why = reason === undefined ? "" : `: ${reason}`;
  switch (kind) {
    case "approval":
      return `an approval by ${actor}, ${at}`;
    case "waiver":
      return `waived by ${actor} until ${until ?? "an unknown time"}${why}`;
    case "override":
      return `BREAK-GLASS: overridden by ${actor}, ${at}${why}`;
  }
}

/** `2 failed, 1 approved, 4 passed`: how the policies that were evaluated came out. */
export function tallyOf({ checks }: Judgement): string {
  const tally = OUTCOMES.map(([outcome, word]) => ({
    word,
    count: checks.filter((check) => check.outcome === outcome).length,
  }));
  const present = tally.filter(({ count }) => count > 0);
  return present.map(({ word, count }) => `${count} ${word}`).join(", ") || "none evaluated";
}

const OUTCOMES: readonly (readonly [CheckOutcome, string])[] = [
  ["error", "not evaluated for an error"],
  ["fail", "failed"],
  ["approved", "approved"],
  ["waived", "waived"],
  ["overridden", "overridden"],
  ["pass", "passed"],
];

/** `2 of 3 relevant versions of changed files were read and understood`. */
export function coverageOf({ facts }: Judgement): string {
  const { read, relevant } = facts.completeness;
  if (relevant === 0) return "no changed file is of a kind that grants";
  return `${read} of ${counted(relevant, "relevant version")} of changed files read and understood`;
}
