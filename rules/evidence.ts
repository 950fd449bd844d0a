import type { Contents, Listing } from "./change/listing.ts";
import type { CandidateReview } from "./candidate/review.ts";
import type { ActionFacts, CommitFact, External, Facts, RepositoryFacts } from "./facts/facts.ts";
import type { PolicySet } from "./policy/policy-set.ts";
import type { GovernanceVerdict, Origin, PolicyCheck } from "./verdict/verdict.ts";

/** Every input of a judgement. Equal evidence gives the same bytes on every machine. */
export interface Evidence {
  readonly action: ActionFacts;
  readonly repository: RepositoryFacts;
  readonly external: External;
  readonly listing: Listing;
  readonly contents: Contents;
  /** Those from merge base to head, parents first; unknown where it is absent or null. */
  readonly commits?: readonly CommitFact[] | null;
  readonly policies: PolicySet;
  readonly origin: Origin;
}

/**
 * What judging gives. `factsDigest` is the sha256 (hex) of the facts' canonical JSON. `candidate` is
 * shown beside a verdict where the change brings policies, and is no part of what is recorded.
 */
export interface Judgement {
  readonly verdict: GovernanceVerdict;
  readonly checks: readonly PolicyCheck[];
  readonly facts: Facts;
  readonly factsDigest: string;
  readonly candidate?: CandidateReview;
  /** How many emergency overrides of the repository wait for review; absent: none, or unknown. */
  readonly awaitingReview?: number;
}
