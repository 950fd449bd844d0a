import { candidateChecks } from "./candidate/check.ts";
import { claimedVersions } from "./capabilities/readers.ts";
import { treeVersions } from "./capabilities/tree/read-tree.ts";
import { contentKey, type Listing, type Wanted } from "./change/listing.ts";
import type { Evidence, Judgement } from "./evidence.ts";
import { buildFacts } from "./facts/build.ts";
import type { Facts } from "./facts/facts.ts";
import { judgeFacts } from "./judge-facts.ts";

export { judgeFacts } from "./judge-facts.ts";

/**
 * Judges a change: evidence → facts → checks → verdict.
 *
 * Pure and total: the same evidence gives the same bytes on every machine, in whatever order its
 * lists came. What could not be read, loaded or evaluated denies with a reserved id and its place,
 * also of the policies that the change brings.
 */
export function judge(evidence: Evidence): Judgement {
  return judgeAgain(buildFacts(evidence), evidence);
}

/** The same where the facts of this evidence are built already. */
export function judgeAgain(facts: Facts, evidence: Evidence): Judgement {
  return judgeFacts(facts, evidence, candidateChecks(evidence));
}

/**
 * The contents that judging a change needs: what readers of capabilities claim, then every other
 * version. What is over a limit of the whole is then none of those that decide the most.
 */
export function wantedContents(listing: Listing): Wanted[] {
  const claimed = claimedVersions(listing);
  const keys = new Set(claimed.map(({ side, path }) => contentKey(side, path)));
  const others = treeVersions(listing).filter(
    ({ side, path }) => !keys.has(contentKey(side, path)),
  );
  return [...claimed, ...others];
}
