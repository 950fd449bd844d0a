import { expect, test } from "vitest";
import type { Contributor, FileFact, Review } from "../../../../rules/facts/facts.ts";
import { evaluatePolicy } from "../../../../rules/policy/evaluate.ts";
import {
  ann,
  bo,
  cy,
  EARLIER,
  factsOf,
  policyOf,
  review,
  someFile,
} from "../../sample-evidence.ts";

const file = (path: string, owners: readonly string[] | null): FileFact => ({
  ...someFile,
  ...{ path, owners },
});

interface Row {
  readonly rule: string;
  readonly says: string;
  readonly reviews?: readonly Review[];
  readonly contributors?: readonly Contributor[] | null;
  readonly owners?: readonly string[] | null;
}

function remedyOf({ rule, reviews = [], contributors = [], owners = [] }: Row) {
  const policy = policyOf(`each: files\nmatch: { path: a }\nunless: { approved_by: ${rule} }`);
  const facts = factsOf({ reviews, contributors }, [file("a", owners)]);
  return evaluatePolicy(policy, facts).reasons[0]?.remedy;
}

const nothing = "undo this part of the change: rule offers no other way";
const by = (as: Contributor["as"]): Contributor => ({ as, actor: bo, commit: EARLIER });

test.each<Row>([
  { rule: "{ teams: [acme/a], users: [bo] }", says: "an approval by @bo or @acme/a of bbbbbbb" },
  { rule: "{ organisations: [acme] }", says: "an approval by a member of acme of bbbbbbb" },
  { rule: "{ roles: [admin] }", says: "an approval by somebody with the role admin of bbbbbbb" },
  {
    rule: "{ owners: true }",
    owners: ["@acme/a", "@bo"],
    says: "an approval by @bo or @acme/a of bbbbbbb",
  },
  { rule: "{ owners: true }", owners: [], says: nothing },
  { rule: "{ owners: true }", owners: ["@ann"], says: nothing },
  {
    rule: "{ owners: true }",
    owners: null,
    says: "an approval by an owner, who is unknown to this host of bbbbbbb",
  },
  {
    rule: "{ all: [{ users: [bo] }, { teams: [acme/a] }] }",
    says: "an approval by @bo of bbbbbbb, and an approval by @acme/a of bbbbbbb",
  },
  {
    rule: "{ all: [{ users: [bo] }, { teams: [acme/a] }] }",
    reviews: [review(bo)],
    says: "an approval by @acme/a of bbbbbbb",
  },
  {
    rule: "{ any: [{ users: [bo, cy], count: 2 }, { teams: [acme/a] }] }",
    says: "an approval by @acme/a of bbbbbbb",
  },
  {
    rule: "{ any: [{ users: [ann] }, { users: [bo, cy], count: 2 }] }",
    says: "2 approvals by @bo or @cy of bbbbbbb",
  },
  { rule: "{ users: [bo, cy], not: { users: [bo] } }", says: "an approval by @cy of bbbbbbb" },
  {
    rule: "{ users: [bo, cy] }",
    contributors: [by("committer")],
    says: "an approval by @cy of bbbbbbb",
  },
  {
    rule: "{}",
    reviews: [review(cy), review(bo, "changes_requested")],
    says: "an approval by @bo of bbbbbbb, who requested changes, or a dismissal of that request",
  },
])("$rule lacks $says", (row) => {
  expect(remedyOf(row)).toBe(row.says);
});

test.each([
  { why: "bo approved it, and is an author of it", contributors: [by("author")] },
  { why: "bo approved it, and committed some of it", contributors: [by("committer")] },
  { why: "bo approved it, and is a co-author of it", contributors: [by("co-author")] },
  { why: "bo approved it, and pushed it last", contributors: [by("pusher")] },
  { why: "bo approved an earlier commit, eeeeeee", more: { commit: EARLIER } },
  { why: "bo approved it for another base branch", more: { retargeted: true } },
  {
    why: "bo approved it, and is not known to have the right to write",
    more: { via: ["role:read"] },
  },
  {
    why: "bo approved it, and is not known to be one of those who are asked",
    rule: "{ teams: [acme/a] }",
  },
  {
    why: "bo approved it, and is one of those whose approvals do not count here, or may be",
    rule: "{ not: { teams: [acme/a] } }",
  },
  { why: "robot approved it, and is a bot", actor: { id: "7", login: "robot", bot: true } },
  { why: "ann approved it, and is an author of it", actor: ann },
  {
    why: "no approval counts while it is not known who wrote, committed and pushed the change",
    contributors: null,
  },
])("an approval that counts for nothing is told with why: $why", (row) => {
  const { why, contributors = [], rule = "{}", actor = bo, more = {} } = row;
  const reviews = [review(actor, "approved", more)];
  expect(remedyOf({ rule, reviews, contributors, says: "" })).toContain(`(${why})`);
});

test("of many strangers' approvals some are told, and how many more there were", () => {
  const reviews = Array.from({ length: 12 }, (_, index) =>
    review({ id: `${index + 10}`, login: `u${index}`, bot: false }, "approved", { via: [] }),
  );
  expect(remedyOf({ rule: "{}", reviews, says: "" })).toMatch(/u7 .*; 4 more do not count\)$/);
});

test("what is cut off is settled before anything that is not: a check of many reasons does not lose the one that decides", () => {
  const settled = Array.from({ length: 1_200 }, (_, index) => file(`a${index}`, ["@bo"]));
  const policy = policyOf(
    "each: files\nmatch: { path: '**' }\nunless: { approved_by: { owners: true } }",
  );
  const facts = factsOf({ reviews: [review(bo)] }, [...settled, file("z", ["@cy"])]);
  const { outcome, reasons, reasonsOmitted } = evaluatePolicy(policy, facts);
  expect({ outcome, reasonsOmitted }).toEqual({ outcome: "fail", reasonsOmitted: 201 });
  expect(reasons.filter(({ settledBy }) => settledBy.length === 0)).toMatchObject([{ path: "z" }]);
});
