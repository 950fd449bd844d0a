import type { Facts, Review } from "../facts/facts.ts";
import { isLogin, type Approvals } from "./approvals.ts";
import type { ApprovalRule, Policy } from "./policy-set.ts";
import { fillTemplate } from "./template.ts";

/** What a remedy is made of. `approvals` is null where the policy asks for none; `data` fills its own words. */
export interface RemedyParts {
  readonly policy: Policy;
  readonly facts: Facts;
  readonly approvals: Approvals | null;
  readonly data: unknown;
}

/**
 * The smallest set of acts that would settle a reason: the approvals that are missing, or the edit
 * that the policy names, else undoing this part of the change. Never empty.
 */
export function remedyOf({ policy, facts, approvals, data }: RemedyParts): string {
  const approval =
    policy.approvedBy && approvals && missingApprovals(policy.approvedBy, approvals, facts);
  const edit = policy.remedy === null ? null : fillTemplate(policy.remedy, data);
  const ways = [approval, edit].filter((way) => way !== null && way.trim() !== "");
  if (ways.length > 0) return ways.join(", or ");
  return `undo this part of the change: ${policy.id} offers no other way`;
}

/** `an approval by @bo or @cy of 1f2e3d4 (cy approved an earlier commit, 9a8b7c6)`; null where those who could approve are too few. */
export function missingApprovals(
  { users, count }: ApprovalRule,
  { counted, voided }: Approvals,
  { action, change }: Facts,
): string | null {
  const missing = count - counted.length;
  const approved = counted.map(({ actor }) => actor.login);
  const excluded = action.author === null ? approved : [...approved, action.author.login];
  const left = users?.filter((user) => !excluded.some((login) => isLogin(login, user))) ?? null;
  if (left !== null && left.length < missing) return null;
  const why = voided.map((review) => whyVoid(review, change.head));
  const aside = why.length === 0 ? "" : ` (${why.join("; ")})`;
  const what = countOf(missing, counted.length);
  const head = short(change.head);
  return left === null
    ? `${what} of ${head} by someone else who may write to the repository${aside}`
    : `${what} by ${anyOf(left)} of ${head}${aside}`;
}

function whyVoid({ actor, commit, retargeted }: Review, head: string): string {
  if (commit !== head) return `${actor.login} approved an earlier commit, ${short(commit)}`;
  return retargeted
    ? `${actor.login} approved it for another base branch`
    : `${actor.login} approved it, and is not known to have the right to write`;
}

function countOf(missing: number, given: number): string {
  const more = given > 0 ? "more " : "";
  if (missing > 1) return `${missing} ${more}approvals`;
  return given > 0 ? "one more approval" : "an approval";
}

function anyOf(users: readonly string[]): string {
  const names = users.map((user) => `@${user}`);
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} or ${last}`;
}

function short(commit: string): string {
  return commit.slice(0, 7);
}
