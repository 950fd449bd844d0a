import type { Decision } from "../rules/verdict/verdict.ts";
import { terminalText } from "./escape/terminal.ts";

/** A commit of which other policies say something else. `date` is RFC 3339. */
export interface Flip {
  readonly commit: string;
  readonly date: string;
  readonly before: Decision;
  readonly after: Decision;
  /** Of the stricter verdict, with the first of its reasons. */
  readonly policyIds: readonly string[];
  readonly why: string;
}

const ID_LENGTH = 12;

/** The verdicts that flip, a line each, then how many of which sort. */
export function backtestText(flips: readonly Flip[], commits: number): string {
  const rows = flips.map(
    ({ commit, date, before, after, policyIds, why }) =>
      `${commit.slice(0, ID_LENGTH)}  ${date.slice(0, 10)}  ${before.padEnd(5)} → ${after.padEnd(5)}  ${policyIds.join(", ")}: ${why}`,
  );
  const sorts = Map.groupBy(flips, ({ before, after }) => `${before} → ${after}`);
  const counts = [...sorts].map(([sort, all]) => `${sort} ${all.length}`).sort();
  const told = counts.length === 0 ? "no verdict flips" : counts.join(", ");
  return [...rows, `${told}, of ${commits} commits`]
    .map((line) => `${terminalText(line)}\n`)
    .join("");
}
