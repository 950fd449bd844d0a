import type { Evidence, Judgement } from "./evidence.ts";
import { factsDigest } from "./facts/digest.ts";
import type { Facts } from "./facts/facts.ts";
import { evaluatePolicies } from "./policy/evaluate-all.ts";
import { decide, sortChecks } from "./verdict/decide.ts";
import { incompleteEvidence, policyErrors } from "./verdict/reserved.ts";
import type { PolicyCheck } from "./verdict/verdict.ts";

/**
 * Judges facts that were built before, as `judge` does. `besides` are checks of what the facts do
 * not hold; of the policies that the change brings there is none.
 */
export function judgeFacts(
  facts: Facts,
  { policies, origin }: Pick<Evidence, "policies" | "origin">,
  besides: readonly PolicyCheck[] = [],
): Judgement {
  const checks = sortChecks([
    ...evaluatePolicies(policies.policies, facts),
    ...policyErrors(policies),
    incompleteEvidence(facts.completeness),
    ...besides,
  ]);
  const { simulation } = policies;
  const verdict = decide({ checks, completeness: facts.completeness, origin, simulation });
  return { verdict, checks, facts, factsDigest: factsDigest(facts) };
}
