import type { Facts } from "../facts/facts.ts";
import type { Decision, PolicyCheck } from "../verdict/verdict.ts";
import { actsToAllow } from "./acts.ts";
import { because } from "./because.ts";
import { firePolicy } from "./evaluate.ts";
import type { Item } from "./items.ts";
import type { Policy, PolicyDecision } from "./policy-set.ts";

/** Items of a change for which the same parts of a condition hold. */
export interface HeldFor {
  readonly items: readonly Item[];
  readonly because: readonly string[];
}

/** Why one rule of a policy fired. `unknown` are facts without which it could not be asked. */
export interface RuleExplanation {
  readonly id: string;
  readonly decision: PolicyDecision;
  readonly title: string;
  readonly heldFor: readonly HeldFor[];
  readonly unknown: readonly string[];
}

/** Why policies say what they say of a change, and what would make it ALLOW. */
export interface Explanation {
  readonly decision: Decision;
  readonly rules: readonly RuleExplanation[];
  readonly acts: readonly string[];
}

/** What was judged, and by which policies. */
export interface Explained {
  readonly facts: Facts;
  readonly checks: readonly PolicyCheck[];
  readonly verdict: { readonly decision: Decision };
  readonly policies: readonly Policy[];
}

/** Explains those of the policies that are asked for; the acts are about all of them. */
export function explain(
  { facts, checks, verdict, policies }: Explained,
  asked: readonly Policy[],
): Explanation {
  return {
    decision: verdict.decision,
    rules: asked.flatMap((policy) => ruleExplanation(policy, facts)),
    acts: actsToAllow(checks, policies, facts),
  };
}

function ruleExplanation(policy: Policy, facts: Facts): RuleExplanation[] {
  const { fired, failed } = firePolicy(policy, facts);
  if (fired.length === 0 && failed.length === 0) return [];
  const explained = fired.map((item) => ({ item, parts: partsOf(policy, item, facts) }));
  const alike = Map.groupBy(explained, ({ parts }) => JSON.stringify(parts));
  const { id, decision, title } = policy;
  return [
    {
      ...{ id, decision, title },
      heldFor: [...alike.values()].map((held) => ({
        items: held.map(({ item }) => item),
        because: held[0]?.parts ?? [],
      })),
      unknown: [...new Set(failed.map(({ unknown }) => unknown ?? "what it needs"))],
    },
  ];
}

function partsOf({ condition }: Policy, item: Item, facts: Facts): string[] {
  return because(condition, item === null ? facts : { ...facts, item });
}
