import { expect, test } from "vitest";
import type { Actor, Facts, Review } from "../../../../rules/facts/facts.ts";
import type { ApprovalRule } from "../../../../rules/policy/approvals/approval-rule.ts";
import { compileApprovals } from "../../../../rules/policy/approvals/compile-rule.ts";
import { weigher } from "../../../../rules/policy/approvals/weigh.ts";
import { ann, bo, cy, EARLIER, factsOf, pullRequest, review } from "../../sample-evidence.ts";

const bot: Actor = { id: "7", login: "robot", bot: true };
const reader = { via: ["role:read", "role:triage"] };
const second = { id: "2" };

function ruleOf(users: readonly string[] | null, count: number): ApprovalRule {
  return compileApprovals({ ...(users && { users: [...users] }), count }, [], []);
}

function weighApprovals(rule: ApprovalRule, facts: Facts) {
  return weigher(rule, facts, [null])(null);
}

interface Case {
  readonly when: string;
  readonly reviews: readonly Review[] | null;
  readonly count?: number;
  readonly users?: readonly string[];
  readonly author?: Actor | null;
  readonly settles: boolean;
}

/** However the host lists them. */
function bothOrders(when: string, reviews: readonly Review[]): Case[] {
  return [
    { when, reviews, settles: false },
    { when: `${when}, listed the other way`, reviews: reviews.toReversed(), settles: false },
  ];
}

test.each<Case>([
  { when: "somebody else approved", reviews: [review(bo)], settles: true },
  { when: "nobody reviewed", reviews: [], settles: false },
  { when: "reviews are unknown", reviews: null, settles: false },
  { when: "the author approved", reviews: [review(ann)], settles: false },
  {
    when: "the author approved under a new login",
    reviews: [review({ ...ann, login: "x" })],
    settles: false,
  },
  {
    when: "the author's login approved under another id",
    reviews: [review({ ...bo, login: "ANN" })],
    settles: false,
  },
  { when: "the author is unknown", reviews: [review(bo)], author: null, settles: false },
  { when: "a bot approved", reviews: [review(bot)], settles: false },
  { when: "the approver may only read", reviews: [review(bo, "approved", reader)], settles: false },
  {
    when: "the approver's standing is not proven",
    reviews: [review(bo, "approved", { via: [] })],
    settles: false,
  },
  {
    when: "the approver maintains",
    reviews: [review(bo, "approved", { via: ["role:maintain"] })],
    settles: true,
  },
  {
    when: "the approver administers",
    reviews: [review(bo, "approved", { via: ["role:admin"] })],
    settles: true,
  },
  {
    when: "an earlier head was approved",
    reviews: [review(bo, "approved", { commit: EARLIER })],
    settles: false,
  },
  {
    when: "the base branch was changed since",
    reviews: [review(bo, "approved", { retargeted: true })],
    settles: false,
  },
  {
    when: "a listed user's was for another base branch",
    reviews: [review(bo, "approved", { retargeted: true })],
    users: ["bo"],
    settles: false,
  },
  {
    when: "the base branch was changed, and it was given again since",
    reviews: [review(bo, "approved", { retargeted: true }), review(bo, "approved", second)],
    settles: true,
  },
  {
    when: "one of two was for another base branch",
    reviews: [review(bo, "approved", { retargeted: true }), review(cy, "approved", second)],
    count: 2,
    settles: false,
  },
  {
    when: "changes were requested before the base branch was changed",
    reviews: [review(bo), review(bo, "changes_requested", { ...second, retargeted: true })],
    settles: false,
  },
  {
    when: "the approver commented since",
    reviews: [review(bo), review(bo, "commented", second)],
    settles: true,
  },
  { when: "somebody only commented", reviews: [review(bo, "commented")], settles: false },
  {
    when: "changes were requested since",
    reviews: [review(bo), review(bo, "changes_requested", second)],
    settles: false,
  },
  {
    when: "the approval was dismissed since",
    reviews: [review(bo), review(bo, "dismissed", second)],
    settles: false,
  },
  {
    when: "another head was approved since",
    reviews: [review(bo), review(bo, "approved", { ...second, commit: EARLIER })],
    settles: true,
  },
  {
    when: "the request for changes was before",
    reviews: [review(bo, "changes_requested"), review(bo, "approved", second)],
    settles: true,
  },
  {
    when: "reviews come in another order",
    reviews: [review(bo, "changes_requested", second), review(bo)],
    settles: false,
  },
  {
    when: "times are spelt in two ways",
    reviews: [
      review(bo, "changes_requested", { at: "2026-01-02T03:00:00.5Z" }),
      review(bo, "approved", { at: "2026-01-02T03:00:00Z", id: "2" }),
    ],
    settles: false,
  },
  {
    when: "of two reviews at one time the later id requests changes",
    reviews: [
      review(bo, "changes_requested", { at: "2026-01-02T03:00:00Z", id: "10" }),
      review(bo, "approved", { at: "2026-01-02T03:00:00Z", id: "9" }),
    ],
    settles: false,
  },
  ...bothOrders("one review at one time is an approval and a request for changes", [
    review(bo),
    review(bo, "changes_requested"),
  ]),
  {
    when: "a request for changes has no readable time",
    reviews: [review(bo, "changes_requested", { at: "soon" }), review(bo, "approved", second)],
    settles: false,
  },
  {
    when: "an approval has no readable time and changes were requested",
    reviews: [
      review(bo, "approved", { at: "soon", id: "3" }),
      review(bo, "changes_requested", second),
    ],
    settles: false,
  },
  {
    when: "one person approved twice",
    reviews: [review(bo), review(bo, "approved", second)],
    count: 2,
    settles: false,
  },
  {
    when: "two people approved",
    reviews: [review(bo), review(cy, "approved", second)],
    count: 2,
    settles: true,
  },
  {
    when: "the author is one of the two",
    reviews: [review(bo), review(ann, "approved", second)],
    count: 2,
    settles: false,
  },
  {
    when: "a listed user approved",
    reviews: [review(bo)],
    users: ["BO"],
    settles: true,
  },
  {
    when: "a listed user may only read",
    reviews: [review(bo, "approved", reader)],
    users: ["bo"],
    settles: false,
  },
  {
    when: "a listed user's standing is not proven",
    reviews: [review(bo, "approved", { via: [] })],
    users: ["bo"],
    settles: false,
  },
  {
    when: "one of two listed may only read",
    reviews: [review(bo), review(cy, "approved", { ...second, ...reader })],
    users: ["bo", "cy"],
    count: 2,
    settles: false,
  },
  { when: "an unlisted user approved", reviews: [review(cy)], users: ["bo"], settles: false },
  { when: "the author is listed", reviews: [review(ann)], users: ["ann"], settles: false },
])("approvals where $when", ({ reviews, count = 1, users = null, author = ann, settles }) => {
  const facts: Facts = factsOf({ reviews, action: { ...pullRequest, author } });
  expect(weighApprovals(ruleOf(users, count), facts).settledBy.length > 0).toBe(settles);
});

test("what settles is named, in the order of time", () => {
  const reviews = [review(cy, "approved", second), review(bo)];
  expect(weighApprovals(ruleOf(null, 1), factsOf({ reviews })).settledBy).toEqual([
    { kind: "approval", id: "1", actor: "bo", at: "2026-01-02T01:00:00Z" },
    { kind: "approval", id: "2", actor: "cy", at: "2026-01-02T02:00:00Z" },
  ]);
});

test("who approved again settles by the last of it, in the order of time", () => {
  const reviews = [review(bo), review(cy, "approved", second), review(bo, "approved", { id: "3" })];
  const { settledBy } = weighApprovals(ruleOf(null, 1), factsOf({ reviews }));
  expect(settledBy.map(({ id, actor }) => `${actor} ${id}`)).toEqual(["cy 2", "bo 3"]);
});
