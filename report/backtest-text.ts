import type { Flip } from "../rules/backtest/flip.ts";
import type { CommitFlip } from "../rules/candidate/review.ts";
import { terminalText } from "./escape/terminal.ts";

/** A pull request of which other policies say something else than what is on the record at that index. */
export interface PullFlip extends Flip {
  readonly number: number;
  /** Its head that was judged. */
  readonly commit: string;
  /** When, RFC 3339. */
  readonly date: string;
  readonly record: number;
}

/** What became of a ledger's pull requests; the commits of those that are `missing` are not here. */
export interface PullsBacktest {
  readonly pullRequests: number;
  readonly untold: number;
  readonly missing: number;
  readonly flips: readonly PullFlip[];
}

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

/** The same of a ledger's pull requests: `#42  2026-01-31  ALLOW → DENY   policies: why`. */
export function pullsText({ pullRequests, untold, missing, flips }: PullsBacktest): string {
  const rows = flips.map(
    ({ number, date, ...flip }) =>
      `${`#${number}`.padEnd(6)}  ${date.slice(0, 10)}  ${flipWords(flip)}`,
  );
  const here =
    missing === 0
      ? []
      : [
          `the commits of ${missing} are not here: \`git fetch origin "+refs/pull/*/head:refs/pull/*"\` brings them`,
        ];
  const tally = tallyLine(flips, `${pullRequests} pull requests on the ledger`);
  return shown([...rows, tally, ...untoldLine(untold), ...here]);
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
