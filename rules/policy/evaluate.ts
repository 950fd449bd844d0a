import type { Facts } from "../facts/facts.ts";
import { RulesError } from "../rules-error.ts";
import { cutText } from "../text.ts";
import { MAX_REASONS } from "../verdict/decide.ts";
import { compareReasons } from "../verdict/reason-order.ts";
import { POLICY_ERROR } from "../verdict/reserved.ts";
import type { CheckOutcome, PolicyCheck, Reason, Settlement } from "../verdict/verdict.ts";
import { type Approvals, weigher } from "./approvals/weigh.ts";
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
 * by the approvals that the policy asks for. Capabilities that differ in nothing but their
 * name share one reason, which names them all. Messages and remedies are cut at 1 KiB of UTF-8.
 * The first 1,000 items that it fires for have reasons, what is settled last; `reasonsOmitted`
 * counts the others.
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
  /** What the approvals for an item come to; null where the policy asks for none. */
  readonly weigh: ((item: Item) => Approvals) | null;
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
  if (items === null) {
    return { policy, fired: [], failed: [{ item: null, unknown: policy.each }], weigh: null };
  }
  const fired: Item[] = [];
  const failed: Failure[] = [];
  for (const item of items) {
    try {
      if (isTrue(policy.condition, dataOf(item, facts))) fired.push(item);
    } catch (error) {
      failed.push({ item, unknown: unknownFact(error) });
    }
  }
  const weigh = policy.approvedBy && weigher(policy.approvedBy, facts, fired);
  return { policy, fired, failed, weigh };
}

/** The check that a policy's findings give, with at most `most` reasons of each sort: fired and failed. */
export function checkOf(found: Found, facts: Facts, most: number): PolicyCheck {
  const { policy, fired, failed } = found;
  const reasons = [
    ...failed.slice(0, most).map((failure) => errorReason(failure, policy)),
    ...openFirst(found)
      .slice(0, most)
      .map((item) => firedReason(item, found, facts)),
  ].sort(compareReasons);
  const omitted = Math.max(0, fired.length - most) + Math.max(0, failed.length - most);
  return {
    policyId: policy.id,
    document: policy.document,
    outcome: outcomeOf(reasons),
    reasons,
    ...(omitted > 0 && { reasonsOmitted: omitted }),
  };
}

/** Whether approvals have settled what a policy found in an item. */
export function isSettled({ weigh }: Found, item: Item): boolean {
  return weigh !== null && weigh(item).settledBy.length > 0;
}

/** What is cut off must never be all that decides. */
function openFirst(found: Found): readonly Item[] {
  const isOpen = (item: Item): boolean => settlementsOf(found, item).length === 0;
  const open = found.fired.filter(isOpen);
  if (open.length === 0 || open.length === found.fired.length) return found.fired;
  return [...open, ...found.fired.filter((item) => !isOpen(item))];
}

/** The approvals and waivers that settle what a policy found in an item. */
function settlementsOf({ weigh, waived }: Found, item: Item): readonly Settlement[] {
  return [...(weigh?.(item).settledBy ?? []), ...(waived?.get(item) ?? [])];
}

function unknownFact(error: unknown): string | null {
  return error instanceof RulesError && error.code === "FACT_UNKNOWN" ? error.message : null;
}

function dataOf(item: Item, facts: Facts): unknown {
  return item === null ? facts : { ...facts, item };
}

/** The reason that an item gives. */
export function firedReason(item: Item, found: Found, facts: Facts): Reason {
  const { policy, weigh } = found;
  const approvals = weigh && weigh(item);
  const data = dataOf(item, facts);
  return {
    policyId: policy.id,
    decision: policy.decision,
    message: cutText(`${introOf(item)}${messageOf(policy, data)}`, MAX_WORDS_BYTES),
    ...placeOf(item),
    remedy: cutText(remedyOf({ policy, facts, approvals, data }), MAX_WORDS_BYTES),
    settledBy: settlementsOf(found, item),
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

function outcomeOf(reasons: readonly Reason[]): CheckOutcome {
  if (reasons.length === 0) return "pass";
  if (reasons.some(({ policyId }) => policyId === POLICY_ERROR)) return "error";
  if (!reasons.every(({ settledBy }) => settledBy.length > 0)) return "fail";
  const isApproved = reasons.some(({ settledBy }) =>
    settledBy.some(({ kind }) => kind === "approval"),
  );
  return isApproved ? "approved" : "waived";
}
