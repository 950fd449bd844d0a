import type {
  CandidateBacktest,
  CandidateReview,
  CountedCases,
} from "../rules/candidate/review.ts";
import { counted } from "./counted.ts";

/** What is said of policies that a change brings: a label and a sentence without its full stop. */
export type CandidateLine = readonly [label: string, said: string];

/** The lines that stand beside a verdict, whatever shows them. Parts of them may be untrusted. */
export function candidateLines(review: CandidateReview): readonly CandidateLine[] {
  const { policies, here, backtest } = review;
  return [
    ["Lint", lintText(review)],
    ...(policies === "sound" || policies === "untouched" ? casesLine(review.cases) : []),
    ...(here === null ? [] : [["This change", hereText(here)] as const]),
    ...(backtest === null ? [] : [["Back-test", backtestSaid(backtest)] as const]),
  ];
}

function lintText({ policies, problems }: CandidateReview): string {
  switch (policies) {
    case "sound":
      return "no problem";
    case "untouched":
      return "the policies are as they were, only their cases change";
    case "removed":
      return "none are left: from then on bailiff:recommended judges in simulation, and denies nothing";
    case "broken":
      return problems === 0
        ? "they cannot be read; see the reason"
        : `${counted(problems, "problem")}, each a reason at its line`;
  }
}

function casesLine(cases: CountedCases | null): readonly CandidateLine[] {
  return [["Cases", cases === null ? "none were tried beside them" : casesText(cases)]];
}

function casesText({ tried, failed, ranges, untried }: CountedCases): string {
  const besides = [
    ...(ranges > 0 ? [`${ranges} about commits, which policy test tries`] : []),
    ...(untried > 0 ? [`${untried} not tried`] : []),
  ];
  return [`${tried - failed} of ${tried} as wanted`, ...besides].join("; ");
}

function hereText(here: NonNullable<CandidateReview["here"]>): string {
  if (here === "same") return "they decide the same of it";
  if (here === "untold") return "they ask for facts that were not gathered";
  const { before, after, policyIds, why } = here;
  return `${before} by the present policies, ${after} by these (${policyIds.join(", ")}: ${why})`;
}

function backtestSaid({ commits, untold, flips, ended }: CandidateBacktest): string {
  const flipped =
    flips.length === 0 ? "no verdict flips" : `${counted(flips.length, "verdict")} would flip`;
  const over = `${flipped} over ${commits === 1 ? "the last commit" : `the last ${commits} commits`} of the base`;
  const unclear =
    untold > 0 ? [`${untold} cannot be told, for facts that nobody knows of the past`] : [];
  const short =
    ended === "whole"
      ? []
      : [ended === "time" ? "then the time was up" : `then it failed: ${ended.failed}`];
  return [over, ...unclear, ...short].join("; ");
}
