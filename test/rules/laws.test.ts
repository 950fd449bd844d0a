import fc from "fast-check";
import { expect, test } from "vitest";
import type { Evidence, Judgement } from "../../rules/evidence.ts";
import type {
  CapabilityFact,
  Facts,
  FileFact,
  Review,
  UnreadFact,
} from "../../rules/facts/facts.ts";
import { judge, judgeFacts } from "../../rules/judge.ts";
import { loadPolicies } from "../../rules/policy/load.ts";
import type { PolicySource } from "../../rules/policy/policy-set.ts";
import { canonicalVerdict } from "../../rules/verdict/schema.ts";
import type { Decision } from "../../rules/verdict/verdict.ts";
import {
  ann,
  bo,
  cy,
  EARLIER,
  evidenceOf,
  factsOf,
  HEAD,
  policySource,
  pullRequest,
  someCapability,
  someFile,
  workflow,
} from "./sample-evidence.ts";

const approvedBy = "unless: { approved_by: { count: 1 } }";

/** Policies that fire on what they match; the last ones have a problem. */
const POLICIES = [
  "decision: DENY, each: capabilities, match: { delta: [added, raised], after: write }",
  `decision: DENY, each: capabilities, match: { kind: github.*, after: write }, ${approvedBy}`,
  "decision: WARN, each: capabilities, match: { any: [{ delta: removed }, { not: { name: contents } }] }",
  "decision: WARN, each: files, match: { path: { not: 'docs/**' } }",
  `decision: DENY, each: files, match: { path: 'src/**' }, only: { action.baseBranch: main }, ${approvedBy}`,
  "decision: DENY, each: files, match: { headSize: { atLeast: 3 } }",
  'decision: WARN, when: { some: [{ var: change.files }, { "==": [{ var: status }, added] }] }',
  "decision: DENY, only: { action.labels: frozen }",
  "decision: WARN, only: { action.lables: frozen }",
  "decision: WARN, each: capabilities, match: { delta: add }",
].map((lines, index) =>
  policySource(`version: 1\npolicies:\n  - { id: rule-${index}, ${lines} }\n`, `${index}.yml`),
);

const sources = fc.subarray(POLICIES, { minLength: 1 });

const capability: fc.Arbitrary<CapabilityFact> = fc
  .record({
    name: fc.constantFrom("contents", "id-token"),
    delta: fc.constantFrom("added", "raised", "lowered", "removed"),
    after: fc.constantFrom("read", "write", null),
    line: fc.integer({ min: 1, max: 9 }),
  })
  .map((part) => ({ ...someCapability, ...part }));

const file: fc.Arbitrary<FileFact> = fc
  .record({
    path: fc.constantFrom("src/a", "docs/a", "b"),
    previousPath: fc.constantFrom(null, "src/b"),
    status: fc.constantFrom("added", "modified", "removed"),
    headSize: fc.constantFrom(null, 1, 5),
  })
  .map((part) => ({ ...someFile, ...part }));

const unread: fc.Arbitrary<UnreadFact> = fc.record({
  path: fc.constantFrom("x.yml", "y.yml"),
  side: fc.constant("head" as const),
  claim: fc.constantFrom("grants", "resembles"),
  why: fc.constant("too large"),
  line: fc.constantFrom(null, 3),
});

const review: fc.Arbitrary<Review> = fc.record({
  id: fc.integer({ min: 1, max: 99 }).map(String),
  actor: fc.constantFrom(ann, bo, cy),
  state: fc.constantFrom("approved", "changes_requested", "commented", "dismissed"),
  commit: fc.constantFrom(HEAD, EARLIER),
  at: fc.constantFrom("2026-01-02T01:00:00Z", "2026-01-02T02:00:00Z"),
  via: fc.subarray(["role:write", "role:read"]),
  retargeted: fc.boolean(),
});

const action = fc
  .record({
    author: fc.constantFrom(ann, null),
    labels: fc.subarray(["frozen", "other"]),
    baseBranch: fc.constantFrom("main", "next", null),
  })
  .map((part) => ({ ...pullRequest, ...part }));

const facts: fc.Arbitrary<Facts> = fc
  .record({
    action,
    capabilities: fc.array(capability, { maxLength: 3 }),
    files: fc.array(file, { maxLength: 3 }),
    reviews: fc.option(fc.array(review, { maxLength: 3 })),
    missing: fc.array(unread, { maxLength: 1 }),
  })
  .map(({ files, missing, ...more }) =>
    factsOf(
      { ...more, completeness: { relevant: 2, read: 2 - missing.length, unread: missing } },
      files,
    ),
  );

const RANKS: Readonly<Record<Decision, number>> = { ALLOW: 0, WARN: 1, DENY: 2 };

function judged(of: Facts, by: readonly PolicySource[]): Judgement {
  return judgeFacts(of, { policies: loadPolicies(by, false), origin: "app" });
}

function rankOf(of: Facts, by: readonly PolicySource[]): number {
  return RANKS[judged(of, by).verdict.decision];
}

/** The facts with one more finding of any sort. */
const finding: fc.Arbitrary<(before: Facts) => Facts> = fc.oneof(
  capability.map((one) => (before: Facts) => ({
    ...before,
    capabilities: [...before.capabilities, one],
  })),
  file.map((one) => (before: Facts) => {
    const files = [...before.change.files, one];
    return { ...before, change: { ...before.change, files, filesCount: files.length } };
  }),
  unread.map((one) => ({ completeness, ...before }: Facts) => ({
    ...before,
    completeness: { ...completeness, unread: [...completeness.unread, one] },
  })),
);

test("Monotone: a finding more never improves a decision", () => {
  fc.assert(
    fc.property(facts, sources, finding, (before, by, add) => {
      expect(rankOf(add(before), by)).toBeGreaterThanOrEqual(rankOf(before, by));
    }),
  );
});

test("Monotone: a policy more, sound or not, never improves a decision", () => {
  fc.assert(
    fc.property(facts, sources, fc.constantFrom(...POLICIES), (of, by, added) => {
      expect(rankOf(of, [...by, added])).toBeGreaterThanOrEqual(rankOf(of, by));
    }),
  );
});

test("Fail closed: a policy with a problem denies under its reserved id", () => {
  fc.assert(
    fc.property(facts, sources, fc.constantFrom(...POLICIES.slice(-2)), (of, by, broken) => {
      const { verdict } = judged(of, [...by, broken]);
      expect(verdict.decision).toBe("DENY");
      expect(verdict.policyIds).toContain("bailiff/policy-error");
    }),
  );
});

test("Fail closed: what may grant and was not understood denies at its place", () => {
  fc.assert(
    fc.property(facts, sources, unread, (before, by, missing) => {
      const { completeness } = before;
      const of = { ...before, completeness: { ...completeness, unread: [missing] } };
      const { verdict } = judged(of, by);
      const decision = missing.claim === "grants" ? "DENY" : "WARN";
      expect(RANKS[verdict.decision]).toBeGreaterThanOrEqual(RANKS[decision]);
      expect(verdict.reasons).toContainEqual(
        expect.objectContaining({
          policyId: "bailiff/incomplete-evidence",
          decision,
          path: missing.path,
          line: missing.line,
        }),
      );
    }),
  );
});

test("Fail closed: no bytes at a workflow's path are passed over", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc
      .string({ unit: fc.constantFrom(...Array.from("on: push\njobs{}[]&*!<%@`\t\"'")) })
      .map(encode),
  );
  const [policy = policySource("")] = POLICIES;
  fc.assert(
    fc.property(bytes, (head) => {
      const evidence = evidenceOf([{ path: ".github/workflows/a.yml", head: "" }], [policy]);
      const contents = new Map([["head:.github/workflows/a.yml", head]]);
      const { verdict, facts: built } = judge({ ...evidence, contents });
      const understood = built.completeness.read === built.completeness.relevant;
      expect(understood || verdict.decision === "DENY").toBe(true);
    }),
  );
});

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

const workflowText = fc
  .record({
    permissions: fc.constantFrom("", "contents: read", "contents: write", "id-token: write"),
    events: fc.constantFrom("push", "push, pull_request_target", "issues"),
  })
  .map(({ permissions, events }) => workflow(permissions, events));

const changed = fc.uniqueArray(
  fc.record(
    {
      path: fc.constantFrom(
        ".github/workflows/a.yml",
        ".github/workflows/b.yml",
        ".github/workflows/c.yaml",
        "src/a",
      ),
      base: fc.oneof(workflowText, fc.constant("[")),
      head: fc.oneof(workflowText, fc.constant("[")),
    },
    { requiredKeys: ["path"] },
  ),
  { selector: ({ path }) => path, maxLength: 4 },
);

const evidence: fc.Arbitrary<Evidence> = fc
  .record({ changed, sources, action, reviews: fc.option(fc.array(review, { maxLength: 4 })) })
  .map((parts) =>
    evidenceOf(parts.changed, parts.sources, {
      action: parts.action,
      external: { reviews: parts.reviews, contributors: [], statuses: null },
    }),
  );

test("Deterministic: the same evidence in any order gives the same bytes", () => {
  fc.assert(
    fc.property(evidence, (one) => {
      const first = judge(one);
      const second = judge(reversed(one));
      expect(canonicalVerdict(second.verdict)).toBe(canonicalVerdict(first.verdict));
      expect(second.checks).toEqual(first.checks);
      expect(second.factsDigest).toBe(first.factsDigest);
    }),
  );
});

function reversed(one: Evidence): Evidence {
  const { policies, listing, external } = one;
  return {
    ...one,
    action: { ...one.action, labels: [...one.action.labels].reverse() },
    listing: { ...listing, files: [...listing.files].reverse() },
    contents: new Map([...one.contents].reverse()),
    external: { ...external, reviews: external.reviews && [...external.reviews].reverse() },
    policies: loadPolicies([...policies.sources].reverse(), policies.simulation),
  };
}

test("Explained: every reason says what, and every unsettled one what to do", () => {
  fc.assert(
    fc.property(facts, sources, (of, by) => {
      const { verdict, checks } = judged(of, by);
      const reasons = checks.flatMap((check) => check.reasons);
      expect(verdict.reasons).toHaveLength(reasons.length);
      expect(reasons.filter(({ message, remedy }) => message === "" || remedy === "")).toEqual([]);
      expect(verdict.policyIds.length === 0).toBe(verdict.decision === "ALLOW");
      const unsettled = reasons.filter(({ settledBy }) => settledBy.length === 0);
      expect(verdict.policyIds).toEqual(
        [...new Set(unsettled.map(({ policyId }) => policyId))].sort(),
      );
    }),
  );
});
