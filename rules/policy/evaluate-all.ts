import type { Facts } from "../facts/facts.ts";
import { MAX_REASONS } from "../verdict/decide.ts";
import { compareReasons } from "../verdict/reason-order.ts";
import { POLICY_ERROR } from "../verdict/reserved.ts";
import type { CheckOutcome, PolicyCheck, Reason } from "../verdict/verdict.ts";
import { settleByWaivers, type Waiving } from "../waivers/settle.ts";
import { stepsOf } from "./effort.ts";
import { checkOf, firePolicy, type Found, isSettled } from "./evaluate.ts";
import type { Item } from "./items.ts";
import type { Policy } from "./policy-set.ts";

/** What evaluating all policies over one change may come to. */
interface Limits {
  /** See `stepsOf`. */
  readonly steps: number;
  /** What all checks together keep. */
  readonly reasons: number;
}

const LIMITS: Limits = { steps: 200_000_000, reasons: 50_000 };

/**
 * Evaluates policies over the facts, each as `evaluatePolicy` does, into one check a policy.
 *
 * Of several rules of one policy that hold for the same item the strictest speaks, and of those that
 * approvals have settled the strictest besides: one more rule never takes anything back. Where evaluating could take more than 200 million steps, which is
 * about a minute, none is evaluated and each denies under `bailiff/policy-error`: a change is not
 * passed because it is too much to judge. Where they find more than 50,000 reasons together, fewer
 * of each rule are kept, but at least one of each sort; `reasonsOmitted` counts the rest.
 */
export function evaluatePolicies(
  policies: readonly Policy[],
  facts: Facts,
  how: Partial<Limits> & { readonly waiving?: Waiving | null } = {},
): PolicyCheck[] {
  const { waiving = null, ...limits } = { ...LIMITS, ...how };
  const whole = byPolicy(policies);
  if (stepsOf(policies, facts) > limits.steps) {
    return whole.flatMap(([first]) => (first ? [unjudged(first, limits)] : []));
  }
  const found = whole.map((rules) => settleByWaivers(spokenBy(rules, facts), waiving));
  const share = fairShare(found.flat(), limits);
  return found.map((rules) => rules.map((rule) => checkOf(rule, facts, share)).reduce(together));
}

/** What each rule of one policy speaks of. */
export function spokenBy(rules: readonly Policy[], facts: Facts): Found[] {
  return strictest(rules.map((rule) => firePolicy(rule, facts)));
}

/** The rules of each policy, in the order of the policies. */
export function byPolicy(policies: readonly Policy[]): Policy[][] {
  return [...Map.groupBy(policies, ({ document, id }) => `${document} ${id}`).values()];
}

/**
 * Without the items that a stricter rule, or an earlier one that is as strict, speaks of. A rule that
 * is settled speaks for none that is not.
 */
function strictest(rules: readonly Found[]): Found[] {
  if (rules.length === 1) return [...rules];
  const spoken = { settled: new Set<Item>(), open: new Set<Item>() };
  const byStrictness = rules.toSorted((left, right) => rankOf(left) - rankOf(right));
  const kept = byStrictness.map((rule): [Found, Found] => {
    const already = (item: Item) => spoken[isSettled(rule, item) ? "settled" : "open"];
    const fired = rule.fired.filter((item) => item === null || !already(item).has(item));
    for (const item of fired) already(item).add(item);
    return [rule, { ...rule, fired }];
  });
  const keptOf = new Map(kept);
  return rules.map((rule) => keptOf.get(rule) ?? rule);
}

function rankOf({ policy }: Found): number {
  return policy.decision === "DENY" ? 0 : 1;
}

const WORST_FIRST: readonly CheckOutcome[] = ["error", "fail", "waived", "approved", "pass"];

/** Two checks of rules of one policy as one. */
function together(one: PolicyCheck, other: PolicyCheck): PolicyCheck {
  const outcomes = [one.outcome, other.outcome];
  const omitted = (one.reasonsOmitted ?? 0) + (other.reasonsOmitted ?? 0);
  return {
    ...one,
    outcome: WORST_FIRST.find((worst) => outcomes.includes(worst)) ?? one.outcome,
    reasons: [...one.reasons, ...other.reasons].sort(compareReasons),
    ...(omitted > 0 && { reasonsOmitted: omitted }),
  };
}

function unjudged({ id, document }: Policy, { steps }: Limits): PolicyCheck {
  const reason: Reason = {
    policyId: POLICY_ERROR,
    decision: "DENY",
    message: `${id} was not judged: the policies together take more than ${steps} steps over this change`,
    ...{ path: null, side: null, line: null, endLine: null },
    remedy: "split the change into smaller ones, or have fewer policies walk its lists",
    settledBy: [],
  };
  return { policyId: id, document, outcome: "error", reasons: [reason] };
}

function fairShare(findings: readonly Found[], { reasons }: Limits): number {
  const kept = (share: number): number =>
    findings
      .flatMap(({ fired, failed }) => [fired.length, failed.length])
      .reduce((sum, length) => sum + Math.min(length, share), 0);
  let share = MAX_REASONS;
  while (share > 1 && kept(share) > reasons) share = Math.floor(share / 2);
  return share;
}
