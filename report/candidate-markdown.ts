import type { CandidateReview, CommitFlip } from "../rules/candidate/review.ts";
import { candidateLines } from "./candidate-outline.ts";
import { counted } from "./counted.ts";
import { markdownCode, markdownProse } from "./escape/markdown.ts";
import { cutText } from "./fit.ts";

/** More a reader does not take in; `policy backtest` lists all. */
const MAX_ROWS = 20;
/** Escaping makes text at most five times as long. */
const MAX_WHY_BYTES = 200;
const MAX_LINE_BYTES = 1_024;
const ID_LENGTH = 12;

/** What the policies that a change brings come to, as a section of GitHub's Markdown. */
export function candidateMarkdown(review: CandidateReview): string {
  const lines = candidateLines(review).map(
    ([label, said]) => `- ${label}: ${markdownProse(cutText(said, MAX_LINE_BYTES))}\n`,
  );
  return `### The policies that this change brings

They judge nothing yet: the present ones did.

${lines.join("")}${flipTable(review.backtest?.flips ?? [])}`;
}

function flipTable(flips: readonly CommitFlip[]): string {
  if (flips.length === 0) return "";
  const more = flips.length - MAX_ROWS;
  const rows = flips.slice(0, MAX_ROWS).map(row);
  const rest = more > 0 ? `\n${counted(more, "more flip")} left out here.\n` : "";
  return `\n| commit | date | now | then | why |\n| --- | --- | --- | --- | --- |\n${rows.join("")}${rest}`;
}

function row({ commit, date, before, after, policyIds, why }: CommitFlip): string {
  const told = cell(`${policyIds.join(", ")}: ${why}`);
  return `| ${markdownCode(commit.slice(0, ID_LENGTH))} | ${date.slice(0, 10)} | ${before} | ${after} | ${told} |\n`;
}

/** Whatever escapes a | of a table, something before it can undo: then a code span would be torn open. */
function cell(text: string): string {
  return markdownProse(cutText(text, MAX_WHY_BYTES).replaceAll("|", "¦"));
}
