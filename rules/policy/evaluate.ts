import type { CapabilityFact, DependencyFact, Facts, FileFact } from "../facts/facts.ts";
import { RulesError } from "../rules-error.ts";
import { cutText } from "../text.ts";
import { compareReasons } from "../verdict/reason-order.ts";
import { POLICY_ERROR } from "../verdict/reserved.ts";
import type { CheckOutcome, PolicyCheck, Reason } from "../verdict/verdict.ts";
import { weighApprovals, type Approvals } from "./approvals.ts";
import { isTrue } from "./logic.ts";
import type { Each, Policy } from "./policy-set.ts";
import { remedyOf } from "./remedy.ts";
import { fillTemplate } from "./template.ts";
import { joinAlike } from "./join-alike.ts";

const MAX_WORDS_BYTES = 1024;

type Item = FileFact | CapabilityFact | DependencyFact | null;
type Place = Pick<Reason, "path" | "side" | "line" | "endLine">;

/**
 * Evaluates one policy over the facts: once for each item of the list that it walks, else once.
 *
 * A condition that fails, or that needs a fact which this host does not know, gives a reason under
 * `bailiff/policy-error` that denies and that nothing settles. All other reasons are settled
 * together by the approvals that the policy asks for. Capabilities that differ in nothing but their
 * name share one reason, which names them all. Messages and remedies are cut at 1 KiB of UTF-8.
 */
export function evaluatePolicy(policy: Policy, facts: Facts): PolicyCheck {
  const approvals = policy.approvedBy && weighApprovals(policy.approvedBy, facts);
  const one = { policy, facts, approvals };
  const { fired, errors } = fire(policy, facts);
  const reasons = [...errors, ...joinAlike(fired).map((item) => firedReason(item, one))];
  reasons.sort(compareReasons);
  const outcome = outcomeOf(reasons, approvals);
  return { policyId: policy.id, document: policy.document, outcome, reasons };
}

interface Case {
  readonly policy: Policy;
  readonly facts: Facts;
  readonly approvals: Approvals | null;
}

function itemsOf(each: Each | null, facts: Facts): readonly Item[] {
  if (each === null) return [null];
  return each === "files" ? facts.change.files : facts[each];
}

/** The items that the condition holds for, and a reason for each that it cannot be asked of. */
function fire(policy: Policy, facts: Facts): { fired: Item[]; errors: Reason[] } {
  const fired: Item[] = [];
  const errors: Reason[] = [];
  for (const item of itemsOf(policy.each, facts)) {
    try {
      if (isTrue(policy.condition, dataOf(item, facts))) fired.push(item);
    } catch (error) {
      errors.push(errorReason(item, policy, error));
    }
  }
  return { fired, errors };
}

function dataOf(item: Item, facts: Facts): unknown {
  return item === null ? facts : { ...facts, item };
}

function firedReason(item: Item, { policy, facts, approvals }: Case): Reason {
  const data = dataOf(item, facts);
  return {
    policyId: policy.id,
    decision: policy.decision,
    message: cutText(fillTemplate(policy.message, data), MAX_WORDS_BYTES),
    ...placeOf(item),
    remedy: cutText(remedyOf({ policy, facts, approvals, data }), MAX_WORDS_BYTES),
    settledBy: approvals?.settledBy ?? [],
  };
}

function errorReason(item: Item, { id }: Policy, error: unknown): Reason {
  const isUnknown = error instanceof RulesError && error.code === "FACT_UNKNOWN";
  const why = isUnknown ? `${error.message} is unknown to this host` : "its condition failed";
  return {
    policyId: POLICY_ERROR,
    decision: "DENY",
    message: `${id} cannot be judged: ${why}`,
    ...placeOf(item),
    remedy: isUnknown
      ? `judge this change where ${error.message} is known, or take it out of the policy ${id}`
      : `correct the condition of the policy ${id}`,
    settledBy: [],
  };
}

function placeOf(item: Item): Place {
  if (item === null) return { path: null, side: null, line: null, endLine: null };
  const { path } = item;
  if ("status" in item) {
    return { path, side: item.status === "removed" ? "base" : "head", line: null, endLine: null };
  }
  const { side, line } = item;
  return { path, side, line, endLine: "endLine" in item ? item.endLine : line };
}

function outcomeOf(reasons: readonly Reason[], approvals: Approvals | null): CheckOutcome {
  if (reasons.length === 0) return "pass";
  if (reasons.some(({ policyId }) => policyId === POLICY_ERROR)) return "error";
  return approvals !== null && approvals.settledBy.length > 0 ? "approved" : "fail";
}
