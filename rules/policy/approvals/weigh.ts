import type { Actor, Facts, Review } from "../facts/facts.ts";
import { compareBytes } from "../change/path-order.ts";
import type { Settlement } from "../verdict/verdict.ts";
import type { ApprovalRule } from "./policy-set.ts";

/** What the reviews of a change come to under one rule. */
export interface Approvals {
  /** The approvals that settle, sorted by time; empty until there are as many as the rule asks for. */
  readonly settledBy: readonly Settlement[];
  readonly counted: readonly Review[];
  /**
   * What would count had it been given to the judged head, for the base branch that it now has;
   * of the listed, also where no right to write is proven.
   */
  readonly voided: readonly Review[];
}

const MAY_WRITE = ["role:write", "role:maintain", "role:admin"];

/**
 * Weighs the approvals of the judged head.
 *
 * Of each person the latest decisive review counts: a comment changes nothing, a request for
 * changes or a dismissal ends an approval. It counts if it saw the judged head for the present base
 * branch (against another one the same head is another change), and comes from somebody whose right
 * to write is proven, neither the author (by id or login) nor a bot. With `users` only theirs count,
 * by login, without regard to case: being listed replaces no proof, since people leave and logins
 * change hands. Unknown reviews or an unknown author settle nothing.
 */
export function weighApprovals(rule: ApprovalRule, facts: Facts): Approvals {
  const eligible = latestDecisive(facts.reviews ?? []).filter(
    (review) => review.state === "approved" && isAsked(review, rule, facts.action.author),
  );
  const saw = ({ commit, retargeted }: Review) => commit === facts.change.head && !retargeted;
  const counted = eligible.filter((review) => saw(review) && mayWrite(review));
  const voided = eligible.filter(
    (review) => !counted.includes(review) && (rule.users !== null || mayWrite(review)),
  );
  const settledBy = counted.length >= rule.count ? counted.map(settlementOf) : [];
  return { settledBy, counted, voided };
}

function latestDecisive(reviews: readonly Review[]): Review[] {
  const decisive = reviews.filter(({ state }) => state !== "commented").sort(byTime);
  return [...new Map(decisive.map((review) => [review.actor.id, review])).values()].sort(byTime);
}

function byTime(left: Review, right: Review): number {
  return (
    timeOf(left) - timeOf(right) ||
    left.id.length - right.id.length ||
    compareBytes(left.id, right.id) ||
    // At one time the approval comes first: what ends it wins.
    Number(right.state === "approved") - Number(left.state === "approved")
  );
}

/** RFC 3339 leaves the spelling of a time open, so texts would not compare. */
function timeOf({ at, state }: Review): number {
  const time = Date.parse(at);
  if (!Number.isNaN(time)) return time;
  return state === "approved" ? -8.64e15 : 8.64e15;
}

function isAsked({ actor }: Review, { users }: ApprovalRule, author: Actor | null): boolean {
  if (actor.bot || author === null || isSame(actor, author)) return false;
  return users === null || users.some((login) => isLogin(login, actor.login));
}

function mayWrite({ via }: Review): boolean {
  return via.some((proof) => MAY_WRITE.includes(proof));
}

function isSame(one: Actor, other: Actor): boolean {
  return one.id === other.id || isLogin(one.login, other.login);
}

function settlementOf({ id, actor, at }: Review): Settlement {
  return { kind: "approval", id, actor: actor.login, at };
}

/** Whether two logins are one: the host does not regard their case. */
export function isLogin(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
