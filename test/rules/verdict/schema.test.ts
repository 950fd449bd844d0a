import fc from "fast-check";
import { expect, test } from "vitest";
import { RulesError } from "../../../rules/rules-error.ts";
import { decide } from "../../../rules/verdict/decide.ts";
import { canonicalVerdict, parseVerdict } from "../../../rules/verdict/schema.ts";
import type { GovernanceVerdict, Reason } from "../../../rules/verdict/verdict.ts";

const words = fc.string({ unit: "grapheme", maxLength: 20 });
const settlement = fc.record({
  kind: fc.constantFrom("approval" as const, "waiver" as const),
  id: words,
  actor: words,
  at: words,
});
const reason: fc.Arbitrary<Reason> = fc.record({
  policyId: fc.constantFrom("a", "b", "bailiff/policy-error"),
  decision: fc.constantFrom("WARN", "DENY"),
  message: words,
  path: fc.option(words),
  side: fc.option(fc.constantFrom("base", "head")),
  line: fc.option(fc.integer({ min: 1 })),
  endLine: fc.option(fc.integer({ min: 1 })),
  remedy: fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" }),
  settledBy: fc.array(settlement, { maxLength: 2 }),
});

function verdictOf(reasons: readonly Reason[]): GovernanceVerdict {
  return decide({
    checks: [{ policyId: "a", document: "d", outcome: "fail", reasons }],
    completeness: { relevant: 3, read: 2, unread: [] },
    origin: "cli",
    simulation: false,
  });
}

test("every verdict survives being written and read, and has one spelling", () => {
  fc.assert(
    fc.property(fc.array(reason, { maxLength: 8 }), (reasons) => {
      const verdict = verdictOf(reasons);
      const text = canonicalVerdict(verdict);
      expect(parseVerdict(text)).toEqual(verdict);
      expect(canonicalVerdict(parseVerdict(text))).toBe(text);
    }),
  );
});

const denial: Reason = {
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
const denied = verdictOf([denial]);

test.each(["app", "action", "cli"] as const)("a verdict of the %s is read", (origin) => {
  const verdict = { ...denied, provenance: { ...denied.provenance, origin } };
  expect(parseVerdict(JSON.stringify(verdict))).toEqual(verdict);
});

test("a verdict whose reasons were cut may name more policies", () => {
  const cut = { ...denied, policyIds: ["a", "b"], reasonsOmitted: 1 };
  expect(parseVerdict(JSON.stringify(cut))).toEqual(cut);
});

test.each<{ what: string; verdict: unknown }>([
  { what: "nothing", verdict: null },
  { what: "an unknown key", verdict: { ...denied, note: "x" } },
  {
    what: "an unknown key in a reason",
    verdict: { ...denied, reasons: [{ ...denial, note: "x" }] },
  },
  { what: "another decision", verdict: { ...denied, decision: "BLOCK" } },
  {
    what: "a reason that allows",
    verdict: { ...denied, reasons: [{ ...denial, decision: "ALLOW" }] },
  },
  {
    what: "a reason without a remedy",
    verdict: { ...denied, reasons: [{ ...denial, remedy: "" }] },
  },
  { what: "line 0", verdict: { ...denied, reasons: [{ ...denial, line: 0 }] } },
  {
    what: "too many reasons",
    verdict: { ...denied, reasons: Array.from({ length: 1001 }, () => denial) },
  },
  { what: "a denial that allows", verdict: { ...denied, decision: "ALLOW" } },
  { what: "a denial that only warns", verdict: { ...denied, decision: "WARN" } },
  { what: "a denial without its policy", verdict: { ...denied, policyIds: [] } },
  { what: "a denial of another policy", verdict: { ...denied, policyIds: ["b"] } },
  { what: "a policy too many", verdict: { ...denied, policyIds: ["a", "b"] } },
  { what: "a policy too many beside a settled reason", verdict: settledWith(["a", "b"]) },
  { what: "a policy twice", verdict: { ...denied, policyIds: ["a", "a"], reasonsOmitted: 1 } },
  {
    what: "policies out of order",
    verdict: { ...denied, policyIds: ["b", "a"], reasonsOmitted: 1 },
  },
])("a verdict with $what is refused", ({ verdict }) => {
  expect(codeOf(JSON.stringify(verdict))).toBe("VERDICT_INVALID");
});

test("what is no JSON is refused", () => {
  expect(codeOf("{")).toBe("VERDICT_INVALID");
});

function settledWith(policyIds: readonly string[]): unknown {
  const settledBy = [{ kind: "approval", id: "1", actor: "bo", at: "t" }];
  const reasons = [denial, { ...denial, settledBy }];
  return { ...denied, policyIds, reasons, reasonsOmitted: 1 };
}

function codeOf(json: string): string | null {
  try {
    parseVerdict(json);
  } catch (error) {
    if (error instanceof RulesError) return error.code;
    throw error;
  }
  return null;
}
