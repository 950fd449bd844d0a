import type { Flip } from "../rules/backtest/flip.ts";
import type { CommitFlip } from "../rules/candidate/review.ts";
import { terminalText } from "./escape/terminal.ts";

const ID_LENGTH = 12;

/** The verdicts that flip, a line each, then how many of which sort. */
export function backtestText(
  flips: readonly CommitFlip[],
  { commits, untold }: { readonly commits: number; readonly untold: number },
): string {
  return shown([
    ...flipLines(flips),
    tallyLine(flips, `${commits} commits`),
    ...untoldLine(untold),
  ]);
}

/** `1f2e3d4a5b6c  2026-01-31  ALLOW → DENY   policies: why`; unescaped. */
export function flipLines(flips: readonly CommitFlip[]): string[] {
  return flips.map(
    ({ commit, date, ...flip }) =>
      `${commit.slice(0, ID_LENGTH)}  ${date.slice(0, 10)}  ${flipWords(flip)}`,
  );
}

/** `ALLOW → DENY   policies: why`; unescaped. */
function flipWords({ before, after, policyIds, why }: Flip): string {
  return `${before.padEnd(5)} → ${after.padEnd(5)}  ${policyIds.join(", ")}: ${why}`;
}

/** `ALLOW → DENY 2, WARN → ALLOW 1, of 40 commits`. */
function tallyLine(flips: readonly Flip[], all: string): string {
  const sorts = Map.groupBy(flips, ({ before, after }) => `${before} → ${after}`);
  const counts = [...sorts].map(([sort, one]) => `${sort} ${one.length}`).sort();
  return `${counts.length === 0 ? "no verdict flips" : counts.join(", ")}, of ${all}`;
}

/** How many could not be told; nothing where all could. */
function untoldLine(untold: number): string[] {
  return untold === 0
    ? []
    : [`${untold} cannot be told: these policies ask for facts that nobody knows of the past`];
}

function shown(lines: readonly string[]): string {
  return lines.map((line) => `${terminalText(line)}\n`).join("");
}
