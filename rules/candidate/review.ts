import type { Flip } from "../backtest/flip.ts";

/** A commit that came in, of which other policies say something else. `date` is RFC 3339. */
export interface CommitFlip extends Flip {
  readonly commit: string;
  readonly date: string;
}

/**
 * What policies that a change brings would have said of what came in last. `commits` were judged of
 * the `asked` newest; of `untold` nobody knows what it takes to judge them anew. `ended` says why
 * fewer than there are were judged: `time`, or the words of what went wrong.
 */
export interface CandidateBacktest {
  readonly commits: number;
  readonly untold: number;
  readonly flips: readonly CommitFlip[];
  readonly ended: "whole" | "time" | { readonly failed: string };
}

/** What the cases beside the policies came to, counted. */
export interface CountedCases {
  readonly tried: number;
  readonly failed: number;
  readonly ranges: number;
  readonly untried: number;
}

/**
 * What a change's policies come to, for whoever reads its check. It is shown beside the verdict and
 * never recorded: what of it is to decide stands in the verdict as reasons.
 *
 * `cases` is null where there are none that could be tried. `here` is what would become of this
 * change's own verdict, null where that cannot be said; so is `backtest` where nobody asked for one.
 */
export interface CandidateReview {
  readonly policies: "sound" | "broken" | "removed" | "untouched";
  readonly problems: number;
  readonly cases: CountedCases | null;
  readonly here: Flip | "same" | "untold" | null;
  readonly backtest: CandidateBacktest | null;
}
