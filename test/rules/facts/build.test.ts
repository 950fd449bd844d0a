import { expect, test } from "vitest";
import { buildFacts } from "../../../rules/facts/build.ts";
import { factsDigest } from "../../../rules/facts/digest.ts";
import {
  bo,
  cy,
  evidenceOf,
  policyFileOf,
  policySource,
  pullRequest,
  review,
} from "../sample-evidence.ts";

const nobodyReads = policySource(policyFileOf("when: true"));

test.each([
  { reads: "nobody", policy: nobodyReads, body: null },
  {
    reads: "a condition",
    policy: policySource(policyFileOf("only: { action.body: { matches: x } }")),
    body: "Why",
  },
  {
    reads: "a message",
    policy: policySource(policyFileOf("when: true\nmessage: '{{action.body}}'")),
    body: "Why",
  },
])("the body is a fact only where a policy reads it: $reads", ({ policy, body }) => {
  expect(buildFacts(evidenceOf([], [policy])).action.body).toBe(body);
});

test("one policy of several that reads the body is enough", () => {
  const reads = policySource(policyFileOf("only: { action.body: { matches: x } }"));
  expect(buildFacts(evidenceOf([], [nobodyReads, reads])).action.body).toBe("Why");
});

test("files in whatever order give the same facts", () => {
  const files = ["b", "a"].map((name) => ({ path: `.github/workflows/${name}.yml`, head: "{" }));
  const facts = buildFacts(evidenceOf(files, [nobodyReads]));
  expect(facts.schema).toBe("bailiff.dev/facts/v1");
  expect(facts.completeness.unread).toHaveLength(2);
  expect(buildFacts(evidenceOf(files.toReversed(), [nobodyReads]))).toEqual(facts);
});

test("a lone surrogate in what a host tells is replaced, so that the facts have a digest", () => {
  const action = { ...pullRequest, title: "a\ud800", labels: ["\udc00"] };
  const reviews = [review(bo, "approved", { via: ["\ud800"] })];
  const statuses = [{ name: "\ud800", app: "x", appId: "1", conclusion: null }];
  const facts = buildFacts(
    evidenceOf([], [nobodyReads], { action, external: { reviews, contributors: null, statuses } }),
  );
  expect(facts.action).toMatchObject({ title: "a\ufffd", labels: ["\ufffd"] });
  expect(factsDigest(facts)).toMatch(/^[0-9a-f]{64}$/);
});

test("lists of a host are sorted, and labels are a set", () => {
  const first = review(cy, "approved", { via: ["role:admin", "role:write"] });
  const second = review(bo, "approved", { id: "2" });
  const third = review(cy, "commented", { id: "2" });
  const lint = { name: "lint", app: "ci", appId: "1", conclusion: null };
  const unit = { name: "unit", app: "ci", appId: "1", conclusion: "success" };
  const facts = buildFacts(
    evidenceOf([], [nobodyReads], {
      action: { ...pullRequest, labels: ["b", "a", "b"] },
      external: {
        reviews: [third, second, { ...first, via: ["role:write", "role:admin"] }],
        contributors: [],
        statuses: [unit, lint],
      },
    }),
  );
  expect(facts.action.labels).toEqual(["a", "b"]);
  expect(facts.reviews).toEqual([first, second, third]);
  expect(facts.statuses).toEqual([lint, unit]);
});

test("what a host does not know stays unknown", () => {
  const external = { reviews: null, contributors: null, statuses: null };
  const facts = buildFacts(evidenceOf([], [nobodyReads], { external }));
  expect(facts).toMatchObject({ reviews: null, contributors: null, statuses: null });
});

test("what no reader tells yet is unknown, and no empty list; what one tells is a list", () => {
  const facts = buildFacts(evidenceOf([], [nobodyReads]));
  expect(facts).toMatchObject({ commits: null, dependencies: [] });
});

test("a rename is one file", () => {
  const files = [
    { path: "a", base: "same" },
    { path: "b", head: "same" },
  ];
  const { change } = buildFacts(evidenceOf(files, [nobodyReads]));
  expect(change.filesCount).toBe(1);
  expect(change.files).toMatchObject([{ path: "b", previousPath: "a", status: "renamed" }]);
});

test("the digest of facts depends on what they say, not on how their keys are ordered", () => {
  const facts = buildFacts(evidenceOf([], [nobodyReads]));
  const reversed = Object.fromEntries(Object.entries(facts).reverse()) as typeof facts;
  expect(factsDigest(reversed)).toBe(factsDigest(facts));
  expect(factsDigest({ ...facts, reviews: null })).not.toBe(factsDigest(facts));
});
