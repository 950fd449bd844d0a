import type { Facts } from "../facts/facts.ts";
import { RulesError } from "../rules-error.ts";
import { cutText } from "../text.ts";
import { MAX_REASONS } from "../verdict/decide.ts";
import { compareReasons } from "../verdict/reason-order.ts";
import { POLICY_ERROR } from "../verdict/reserved.ts";
import type { CheckOutcome, PolicyCheck, Reason, Settlement } from "../verdict/verdict.ts";
import { weighApprovals, type Approvals } from "./approvals.ts";
import { type Item, itemsOf } from "./items.ts";
import { introOf, whyUnknown } from "./item-words.ts";
import { isTrue } from "./logic.ts";
import type { Policy } from "./policy-set.ts";
import { remedyOf } from "./remedy.ts";
import { fillTemplate } from "./template.ts";
import { joinAlike } from "./join-alike.ts";

const MAX_WORDS_BYTES = 1024;

type Place = Pick<Reason, "path" | "side" | "line" | "endLine">;

/**
 * Evaluates one policy over the facts: once for each item of the list that it walks, else once.
 *
 * A condition that fails, or that needs a fact or a list which this host does not know, gives a reason under
 * `bailiff/policy-error` that denies and that nothing settles. All other reasons are settled
 * together by the approvals that the policy asks for. Capabilities that differ in nothing but their
 * name share one reason, which names them all. Messages and remedies are cut at 1 KiB of UTF-8.
 * The first 1,000 items that it fires for have reasons; `reasonsOmitted` counts the others.
 */
export function evaluatePolicy(policy: Policy, facts: Facts): PolicyCheck {
  const found = firePolicy(policy, facts);
  return checkOf({ ...found, fired: joinAlike(found.fired) }, facts, MAX_REASONS);
}

/** What one policy found, in the order of the items. */
export interface Found {
  readonly policy: Policy;
  /** The items that its condition holds for. */
  readonly fired: readonly Item[];
  /** Those that it cannot be asked of. */
  readonly failed: readonly Failure[];
  /** What waivers settle of what fired; nothing where it is absent. */
  readonly waived?: ReadonlyMap<Item, readonly Settlement[]>;
}

interface Failure {
  readonly item: Item;
  /** The fact that this host does not know; null where the condition failed otherwise. */
  readonly unknown: string | null;
}

/** Asks a policy's condition of each item of the list that it walks. */
export function firePolicy(policy: Policy, facts: Facts): Found {
  const items = itemsOf(policy.each, facts);
  if (items === null) return { policy, fired: [], failed: [{ item: null, unknown: policy.each }] };
  const fired: Item[] = [];
  const failed: Failure[] = [];
  for (const item of items) {
    try {
      if (isTrue(policy.condition, dataOf(item, facts))) fired.push(item);
    } catch (error) {
      failed.push({ item, unknown: unknownFact(error) });
    }
  }
  return { policy, fired, failed };
}

/** The check that a policy's findings give, with at most `most` reasons of each sort: fired and failed. */
export function checkOf(found: Found, facts: Facts, most: number): PolicyCheck {
  const { policy, fired, failed, waived } = found;
  const approvals = policy.approvedBy && weighApprovals(policy.approvedBy, facts);
  const one = { policy, facts, approvals, waived };
  const reasons = [
    ...failed.slice(0, most).map((failure) => errorReason(failure, policy)),
    ...fired.slice(0, most).map((item) => firedReason(item, one)),
  ].sort(compareReasons);
  const omitted = Math.max(0, fired.length - most) + Math.max(0, failed.length - most);
  return {
    policyId: policy.id,
    document: policy.document,
    outcome: outcomeOf(reasons, approvals),
    reasons,
    ...(omitted > 0 && { reasonsOmitted: omitted }),
  };
}

interface Case {
  readonly policy: Policy;
  readonly facts: Facts;
  readonly approvals: Approvals | null;
  readonly waived: Found["waived"];
}

function unknownFact(error: unknown): string | null {
  return error instanceof RulesError && error.code === "FACT_UNKNOWN" ? error.message : null;
}

function dataOf(item: Item, facts: Facts): unknown {
  return item === null ? facts : { ...facts, item };
}

function firedReason(item: Item, { policy, facts, approvals, waived }: Case): Reason {
  const data = dataOf(item, facts);
  return {
    policyId: policy.id,
    decision: policy.decision,
    message: cutText(`${introOf(item)}${messageOf(policy, data)}`, MAX_WORDS_BYTES),
    ...placeOf(item),
    remedy: cutText(remedyOf({ policy, facts, approvals, data }), MAX_WORDS_BYTES),
    settledBy: [...(approvals?.settledBy ?? []), ...(waived?.get(item) ?? [])],
  };
}

/** A message that shows nothing but a title that is empty would explain nothing. */
function messageOf({ id, message }: Policy, data: unknown): string {
  const filled = fillTemplate(message, data);
  return filled.trim() === "" ? id : filled;
}

function errorReason({ item, unknown }: Failure, { id }: Policy): Reason {
  const why = unknown === null ? "its condition failed" : whyUnknown(item, unknown);
  return {
    policyId: POLICY_ERROR,
    decision: "DENY",
    message: `${introOf(item)}${id} cannot be judged: ${why}`,
    ...placeOf(item),
    remedy:
      unknown === null
        ? `correct the condition of the policy ${id}`
        : `judge this change where ${unknown} is known, or take it out of the policy ${id}`,
    settledBy: [],
  };
}

function placeOf(item: Item): Place {
  if (item === null || "sha" in item) return { path: null, side: null, line: null, endLine: null };
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
  if (!reasons.every(({ settledBy }) => settledBy.length > 0)) return "fail";
  return approvals !== null && approvals.settledBy.length > 0 ? "approved" : "waived";
}
