import type { CandidateReview } from "../rules/candidate/review.ts";
import { flipLines } from "./backtest-text.ts";
import { candidateLines } from "./candidate-outline.ts";
import { terminalText } from "./escape/terminal.ts";

const LABEL_WIDTH = "This change: ".length;

/** What the policies that a change brings come to, for a terminal. */
export function candidateText(review: CandidateReview): string {
  const lines = candidateLines(review).map(
    ([label, said]) => `${`${label}:`.padEnd(LABEL_WIDTH)}${said}`,
  );
  const flips = flipLines(review.backtest?.flips ?? []);
  return ["The policies that this change brings (the present ones judged):", ...lines, ...flips]
    .map((line, index) => `${index === 0 ? "" : "  "}${terminalText(line)}\n`)
    .join("");
}
