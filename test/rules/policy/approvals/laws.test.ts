import fc from "fast-check";
import { expect, test } from "vitest";
import type { Contributor, Facts, FileFact, Review } from "../../../../rules/facts/facts.ts";
import { outside, teamsProof } from "../../../../rules/policy/approvals/proofs.ts";
import { evaluatePolicy } from "../../../../rules/policy/evaluate.ts";
import type { Policy } from "../../../../rules/policy/policy-set.ts";
import { ann, bo, cy, EARLIER, factsOf, HEAD, policyOf, someFile } from "../../sample-evidence.ts";

const robot = { id: "7", login: "robot", bot: true };

const people = fc.record(
  {
    users: fc.subarray(["ann", "bo", "CY"], { minLength: 1 }),
    teams: fc.subarray(["acme/a", "acme/b"], { minLength: 1 }),
    organisations: fc.constant(["acme"]),
    roles: fc.subarray(["triage", "maintain"], { minLength: 1 }),
  },
  { requiredKeys: [] },
);

const group = fc
  .record({ lists: people, owners: fc.boolean(), count: fc.integer({ min: 1, max: 2 }) })
  .map(({ lists, owners, count }) => ({ ...lists, ...(owners && { owners }), count }));

const { node } = fc.letrec<{ node: object; branch: object }>((tie) => ({
  node: fc.oneof({ depthSize: "small", withCrossShrink: true }, group, tie("branch")),
  branch: fc
    .record({
      is: fc.constantFrom("all", "any"),
      of: fc.array(tie("node"), { minLength: 1, maxLength: 3 }),
    })
    .map(({ is, of }) => ({ [is]: of })),
}));

const policy: fc.Arbitrary<Policy> = fc
  .record({
    node,
    not: fc.option(
      people.filter((one) => Object.keys(one).length > 0),
      { nil: undefined },
    ),
    survives: fc.constantFrom("nothing", "change", "paths"),
    ignoring: fc.record({ author: fc.boolean(), committer: fc.boolean(), pusher: fc.boolean() }),
    each: fc.constantFrom("each: files\nmatch: { path: '**' }", "when: true"),
  })
  .map(({ node: tree, each, not, ...more }) => {
    const rule = JSON.stringify({ ...tree, ...(not && { not }), ...more });
    try {
      return policyOf(`${each}\nunless: { approved_by: ${rule} }`);
    } catch {
      // Too few are listed for the count.
      return policyOf(`${each}\nunless: { approved_by: {} }`);
    }
  });

const review: fc.Arbitrary<Review> = fc.record({
  id: fc.integer({ min: 1, max: 99 }).map(String),
  actor: fc.constantFrom(ann, bo, cy, robot),
  state: fc.constantFrom("approved", "approved", "changes_requested", "commented", "dismissed"),
  commit: fc.constantFrom(HEAD, HEAD, EARLIER),
  at: fc.constantFrom("2026-01-02T01:00:00Z", "2026-01-02T02:00:00Z", "soon"),
  via: fc.subarray([
    ...["role:write", "role:admin", "role:triage", "team:acme/a", "org:acme"],
    ...[outside("team:acme/b"), outside("org:acme"), teamsProof(["acme/a", "acme/b"])],
  ]),
  retargeted: fc.constantFrom(false, false, true),
  sameChange: fc.constantFrom(null, true, false),
  sameFor: fc.constantFrom(null, ["a"], ["a", "b"]),
});

const contributor: fc.Arbitrary<Contributor> = fc.record({
  as: fc.constantFrom("author", "committer", "co-author", "pusher"),
  actor: fc.constantFrom(ann, bo, null),
  commit: fc.constant(HEAD),
});

const file: fc.Arbitrary<FileFact> = fc
  .record({
    path: fc.constantFrom("a", "b"),
    owners: fc.constantFrom(null, [], ["@bo"], ["@acme/a", "@cy"]),
  })
  .map((more) => ({ ...someFile, ...more }));

const facts: fc.Arbitrary<Facts> = fc
  .record({
    reviews: fc.array(review, { maxLength: 6 }),
    contributors: fc.option(fc.array(contributor, { maxLength: 2 })),
    files: fc.uniqueArray(file, { selector: ({ path }) => path, maxLength: 2 }),
  })
  .map(({ files, ...more }) => factsOf(more, files));

/** How many reasons stand, as a decision has them. */
function standing(by: Policy, of: Facts): number {
  return evaluatePolicy(by, of).reasons.filter(({ settledBy }) => settledBy.length === 0).length;
}

const index = fc.nat({ max: 5 });

test("taking an approval away never settles more", () => {
  fc.assert(
    fc.property(policy, facts, index, (by, of, at) => {
      const approvals = (of.reviews ?? []).filter(({ state }) => state === "approved");
      const taken = approvals[at % Math.max(1, approvals.length)];
      const reviews = (of.reviews ?? []).filter((one) => one !== taken);
      expect(standing(by, { ...of, reviews })).toBeGreaterThanOrEqual(standing(by, of));
    }),
  );
});

test("a request for changes never settles more", () => {
  fc.assert(
    fc.property(policy, facts, review, (by, of, added) => {
      const veto = { ...added, state: "changes_requested" as const };
      const reviews = [...(of.reviews ?? []), veto];
      expect(standing(by, { ...of, reviews })).toBeGreaterThanOrEqual(standing(by, of));
    }),
  );
});

test("one more contributor, known or not, never settles more, and knowing none settles least", () => {
  fc.assert(
    fc.property(policy, facts, contributor, (by, of, added) => {
      if (of.contributors === null) return;
      const contributors = [...of.contributors, added];
      const before = standing(by, of);
      expect(standing(by, { ...of, contributors })).toBeGreaterThanOrEqual(before);
      expect(standing(by, { ...of, contributors: null })).toBeGreaterThanOrEqual(before);
    }),
  );
});

test("one more file never settles more", () => {
  fc.assert(
    fc.property(policy, facts, file, (by, of, added) => {
      const { files } = of.change;
      if (files.some(({ path }) => path === added.path)) return;
      const more = { ...of, change: { ...of.change, files: [...files, added] } };
      expect(standing(by, more)).toBeGreaterThanOrEqual(standing(by, of));
    }),
  );
});

test("the order of reviews, contributors and files says nothing", () => {
  fc.assert(
    fc.property(policy, facts, (by, of) => {
      const turned = {
        ...of,
        reviews: (of.reviews ?? []).toReversed(),
        contributors: of.contributors?.toReversed() ?? null,
        change: { ...of.change, files: of.change.files.toReversed() },
      };
      expect(evaluatePolicy(by, turned)).toEqual(evaluatePolicy(by, of));
    }),
  );
});
