import type { Facts } from "../facts/facts.ts";
import { MAX_REASONS } from "../verdict/decide.ts";
import { POLICY_ERROR } from "../verdict/reserved.ts";
import type { PolicyCheck, Reason } from "../verdict/verdict.ts";
import { stepsOf } from "./effort.ts";
import { checkOf, firePolicy, type Found } from "./evaluate.ts";
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
 * Evaluates policies over the facts, each as `evaluatePolicy` does.
 *
 * Where that could take more than 200 million steps, which is about a minute, none is evaluated and
 * each denies under `bailiff/policy-error`: a change is not passed because it is too much to judge.
 * Where they find more than 50,000 reasons together, fewer of each policy are kept, but at least
 * one of each sort; `reasonsOmitted` counts the rest.
 */
export function evaluatePolicies(
  policies: readonly Policy[],
  facts: Facts,
  limits: Limits = LIMITS,
): PolicyCheck[] {
  if (stepsOf(policies, facts) > limits.steps)
    return policies.map((policy) => unjudged(policy, limits));
  const findings = policies.map((policy) => firePolicy(policy, facts));
  const share = fairShare(findings, limits);
  return findings.map((found) => checkOf(found, facts, share));
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
