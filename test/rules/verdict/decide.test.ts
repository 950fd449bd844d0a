import { expect, test } from "vitest";
import type { PolicyProblem } from "../../../rules/policy/policy-set.ts";
import { decide, sortChecks } from "../../../rules/verdict/decide.ts";
import { compareReasons } from "../../../rules/verdict/reason-order.ts";
import { incompleteEvidence, NO_DOCUMENT, policyErrors } from "../../../rules/verdict/reserved.ts";
import type { PolicyCheck, Reason, Settlement } from "../../../rules/verdict/verdict.ts";
import { policySource } from "../sample-evidence.ts";

const approval: Settlement = { kind: "approval", id: "1", actor: "bo", at: "2026-01-02T01:00:00Z" };
const settledBy = [approval];

const some: Reason = {
  policyId: "a",
  decision: "DENY",
  message: "m",
  path: "p",
  side: "head",
  line: 1,
  endLine: 1,
  remedy: "r",
  settledBy: [],
};

const nothing = { relevant: 0, read: 0, unread: [] };

function decided(reasons: readonly Partial<Reason>[], completeness = nothing) {
  const whole = reasons.map((reason) => ({ ...some, ...reason }));
  const checks: PolicyCheck[] = [{ policyId: "a", document: "d", outcome: "fail", reasons: whole }];
  return decide({ checks, completeness, origin: "app", simulation: true });
}

test.each<{ when: string; reasons: Partial<Reason>[]; decision: string; policyIds: string[] }>([
  { when: "nothing fired", reasons: [], decision: "ALLOW", policyIds: [] },
  { when: "one warns", reasons: [{ decision: "WARN" }], decision: "WARN", policyIds: ["a"] },
  {
    when: "one denies",
    reasons: [{}, { decision: "WARN", policyId: "b" }],
    decision: "DENY",
    policyIds: ["a", "b"],
  },
  {
    when: "what denies is settled",
    reasons: [{ settledBy }, { decision: "WARN", policyId: "b" }],
    decision: "WARN",
    policyIds: ["b"],
  },
  { when: "all is settled", reasons: [{ settledBy }], decision: "ALLOW", policyIds: [] },
  { when: "one fired twice", reasons: [{}, { line: 2 }], decision: "DENY", policyIds: ["a"] },
])("$when: $decision", ({ reasons, decision, policyIds }) => {
  const verdict = decided(reasons);
  expect(verdict).toMatchObject({ decision, policyIds, reasonsOmitted: 0 });
  expect(verdict.reasons).toHaveLength(reasons.length);
});

test("reasons are sorted by decision, path bytes, line, policy and message", () => {
  const sorted: Partial<Reason>[] = [
    { path: null, side: null, line: null, endLine: null },
    { path: "A" },
    { path: "Z" },
    { path: "a", line: null, endLine: null },
    { path: "a", line: 2 },
    { path: "a", line: 10, policyId: "a" },
    { path: "a", line: 10, policyId: "b", message: "l" },
    { path: "a", line: 10, policyId: "b", message: "m", remedy: "q" },
    { path: "a", line: 10, policyId: "b", message: "m", remedy: "r" },
    { path: "\u{ff5e}" },
    { path: "\u{1f600}" },
    { path: "A", decision: "WARN" },
  ];
  const expected = sorted.map((reason) => ({ ...some, ...reason }));
  expect(decided([...sorted].reverse()).reasons).toEqual(expected);
});

test("a thousand reasons are shown, and denials are never pushed out", () => {
  const warnings = Array.from({ length: 1200 }, () => ({ decision: "WARN" as const, path: "a" }));
  const settled = Array.from({ length: 1200 }, () => ({ path: "a", settledBy }));
  const verdict = decided([...settled, ...warnings, { path: "z" }]);
  expect(verdict.reasons).toHaveLength(1000);
  expect(verdict.reasonsOmitted).toBe(1401);
  expect(verdict.reasons[0]).toMatchObject({ path: "z", settledBy: [] });
  expect(verdict.reasons.every((reason) => reason.settledBy.length === 0)).toBe(true);
  expect(verdict.decision).toBe("DENY");
});

test("a settled denial stands before a warning, as any denial does", () => {
  const reasons = [{ settledBy }, { decision: "WARN" as const }];
  expect(decided(reasons).reasons.map(({ decision }) => decision)).toEqual(["DENY", "WARN"]);
});

test("what checks left out is counted", () => {
  const check: PolicyCheck = { policyId: "a", document: "d", outcome: "fail", reasons: [some] };
  const checks = [{ ...check, reasonsOmitted: 3 }, { ...check, reasonsOmitted: 4 }, check];
  const verdict = decide({ checks, completeness: nothing, origin: "app", simulation: false });
  expect(verdict.reasonsOmitted).toBe(7);
});

test.each([
  { relevant: 0, read: 0, confidence: 1 },
  { relevant: 3, read: 2, confidence: 0.666 },
  { relevant: 2, read: 0, confidence: 0 },
  { relevant: 10_000, read: 9_999, confidence: 0.999 },
])("$read of $relevant read is a confidence of $confidence", ({ relevant, read, confidence }) => {
  const { provenance } = decided([], { relevant, read, unread: [] });
  expect(provenance).toEqual({ origin: "app", confidence, simulation: true });
});

test("checks are sorted by policy and document", () => {
  const check = { policyId: "a", document: "1", outcome: "pass", reasons: [] } as const;
  const sorted = [check, { ...check, document: "2" }, { ...check, policyId: "b" }];
  expect(sortChecks([...sorted].reverse())).toEqual(sorted);
});

test.each([
  { claim: "grants", decision: "DENY" },
  { claim: "resembles", decision: "WARN" },
] as const)(
  "a file that $claim and was not understood: $decision at its place",
  ({ claim, decision }) => {
    const unread = [{ path: "x.yml", side: "head" as const, claim, why: "too large", line: 3 }];
    const check = incompleteEvidence({ relevant: 1, read: 0, unread });
    expect(check).toMatchObject({ policyId: "bailiff/incomplete-evidence", outcome: "fail" });
    expect(check.reasons).toMatchObject([
      { decision, path: "x.yml", side: "head", line: 3, endLine: 3 },
    ]);
  },
);

test("what was not understood is told in the order of reasons", () => {
  const unread = (["resembles", "grants"] as const).map((claim) => ({
    ...{ path: claim, side: "head" as const, claim, why: "too large", line: 1 },
  }));
  const { reasons } = incompleteEvidence({ relevant: 2, read: 0, unread });
  expect(reasons.map(({ decision }) => decision)).toEqual(["DENY", "WARN"]);
});

test("what no document asks for stands under the sha256 of nothing", () => {
  const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  expect(NO_DOCUMENT).toBe(empty);
});

test("complete evidence is a check that passed", () => {
  expect(incompleteEvidence(nothing)).toEqual({
    policyId: "bailiff/incomplete-evidence",
    document: NO_DOCUMENT,
    outcome: "pass",
    reasons: [],
  });
});

test("problems of policies deny at their lines, one check a document", () => {
  const problem: PolicyProblem = { path: "a.yml", line: 2, column: 5, message: "m", remedy: "r" };
  const source = policySource("x", "a.yml");
  const problems = [problem, { ...problem, line: 1 }, { ...problem, path: "gone.yml" }];
  const checks = policyErrors({ sources: [source], policies: [], problems, simulation: false });
  expect(
    checks.map(({ document, reasons }) => [document, reasons.map(({ line }) => line)]),
  ).toEqual([
    [source.digest, [1, 2]],
    [NO_DOCUMENT, [2]],
  ]);
  expect(checks[0]).toMatchObject({ policyId: "bailiff/policy-error", outcome: "error" });
  expect(checks[0]?.reasons[0]).toMatchObject({
    decision: "DENY",
    path: "a.yml",
    side: null,
    remedy: "r",
  });
});

test("a reason without a path stands before those that have one, whatever it is", () => {
  const without = { ...some, path: null };
  expect(compareReasons(without, { ...some, path: " " })).toBeLessThan(0);
  expect(compareReasons({ ...some, path: " " }, without)).toBeGreaterThan(0);
});

test("where no document asks for a check, the sha256 of nothing stands for it", () => {
  expect(NO_DOCUMENT).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});
