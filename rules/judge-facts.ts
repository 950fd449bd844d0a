import { overrideChecks } from "./break-glass/override-checks.ts";
import { standingOverrides } from "./break-glass/standing.ts";
import type { Evidence, Judgement } from "./evidence.ts";
import { factsDigest } from "./facts/digest.ts";
import type { Facts } from "./facts/facts.ts";
import { evaluatePolicies } from "./policy/evaluate-all.ts";
import { decide, sortChecks } from "./verdict/decide.ts";
import { incompleteEvidence, policyErrors, waiverFileErrors } from "./verdict/reserved.ts";
import type { PolicyCheck } from "./verdict/verdict.ts";
import { waivingOf } from "./waivers/waiving.ts";

/** What judges facts; without what they come from, nothing is excepted. */
type Judging = Pick<Evidence, "policies" | "origin"> & Partial<Evidence>;

/**
 * Judges facts that were built before, as `judge` does. `besides` are checks of what the facts do
 * not hold; of the policies that the change brings there is none.
 */
export function judgeFacts(
  facts: Facts,
  evidence: Judging,
  besides: readonly PolicyCheck[] = [],
): Judgement {
  const { policies, origin } = evidence;
  const excepted = { ...evidence, action: facts.action, repository: facts.repository };
  const checks = sortChecks(
    overridden(facts, excepted, [
      ...evaluatePolicies(policies.policies, facts, { waiving: waivingOf(excepted) }),
      ...policyErrors(policies),
      ...waiverFileErrors(policies, origin),
      incompleteEvidence(facts.completeness),
      ...besides,
    ]),
  );
  const { simulation } = policies;
  const verdict = decide({ checks, completeness: facts.completeness, origin, simulation });
  const awaitingReview = evidence.external?.awaitingReview ?? 0;
  const judgement = { verdict, checks, facts, factsDigest: factsDigest(facts) };
  return awaitingReview === 0 ? judgement : { ...judgement, awaitingReview };
}

function overridden(
  { action, change, repository }: Facts,
  { policies, external }: Judging,
  checks: readonly PolicyCheck[],
): readonly PolicyCheck[] {
  const overrides = standingOverrides(external?.overrides ?? [], {
    breakGlass: policies.breakGlass ?? null,
    repositoryId: repository.id,
    head: change.head,
    at: action.at,
  });
  return overrideChecks(checks, overrides);
}
