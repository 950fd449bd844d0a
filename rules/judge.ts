import { claimedVersions } from "./capabilities/readers.ts";
import { contentKey, type Listing, type Wanted } from "./change/listing.ts";
import type { Evidence, Judgement } from "./evidence.ts";
import { buildFacts } from "./facts/build.ts";
import { factsDigest } from "./facts/digest.ts";
import type { Facts } from "./facts/facts.ts";
import { evaluatePolicy } from "./policy/evaluate.ts";
import type { PolicySet } from "./policy/policy-set.ts";
import { decide, sortChecks } from "./verdict/decide.ts";
import { incompleteEvidence, policyErrors } from "./verdict/reserved.ts";

/**
 * Judges a change: evidence → facts → checks → verdict.
 *
 * Pure and total: the same evidence gives the same bytes on every machine, in whatever order its
 * lists came. What could not be read, loaded or evaluated denies with a reserved id and its place.
 */
export function judge(evidence: Evidence): Judgement {
  return judgeFacts(buildFacts(evidence), evidence);
}

/** Judges facts that were built before, as `judge` does. */
export function judgeFacts(
  facts: Facts,
  { policies, origin }: Pick<Evidence, "policies" | "origin">,
): Judgement {
  const checks = sortChecks([
    ...policies.policies.map((policy) => evaluatePolicy(policy, facts)),
    ...policyErrors(policies),
    incompleteEvidence(facts.completeness),
  ]);
  const { simulation } = policies;
  const verdict = decide({ checks, completeness: facts.completeness, origin, simulation });
  return { verdict, checks, facts, factsDigest: factsDigest(facts) };
}

/**
 * The contents that judging a change needs: what readers of capabilities claim, and every version
 * where a policy reads what only bytes tell (`item.headSize`, `item.binary`).
 */
export function wantedContents(listing: Listing, { policies }: PolicySet): Wanted[] {
  const claimed = claimedVersions(listing);
  if (!policies.some(({ reads }) => reads.some((path) => TOLD_BY_BYTES.test(path)))) return claimed;
  const keys = new Set(claimed.map(({ side, path }) => contentKey(side, path)));
  const others = everyVersion(listing).filter(
    ({ side, path }) => !keys.has(contentKey(side, path)),
  );
  return [...claimed, ...others];
}

const TOLD_BY_BYTES = /\.(?:baseSize|headSize|binary)$/;
const MAX_OTHER_BYTES = 1024 * 1024;

function everyVersion({ files }: Listing): Wanted[] {
  return files.flatMap((file) =>
    SIDES.filter((side) => file[side] !== undefined && file[side].mode !== SUBMODULE).map(
      (side): Wanted => ({ path: file.path, side, maxBytes: MAX_OTHER_BYTES }),
    ),
  );
}

const SIDES = ["base", "head"] as const;
const SUBMODULE = "160000";
