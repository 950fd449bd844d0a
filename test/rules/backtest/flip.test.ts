import { expect, test } from "vitest";
import { compareVerdicts } from "../../../rules/backtest/flip.ts";
import type { Decision, Reason } from "../../../rules/verdict/verdict.ts";

function verdict(decision: Decision, ...policyIds: string[]) {
  const reasons = policyIds.map((policyId): Reason => ({
    ...{ policyId, decision: decision === "DENY" ? "DENY" : "WARN", message: `by ${policyId}` },
    ...{ path: null, side: null, line: null, endLine: null, remedy: "-", settledBy: [] },
  }));
  return { decision, policyIds, reasons };
}

const ERROR = "bailiff/policy-error";

test.each([
  ["equal decisions", verdict("WARN", "a"), verdict("WARN", "b"), "same"],
  ["stricter", verdict("ALLOW"), verdict("DENY", "b"), { policyIds: ["b"], why: "by b" }],
  ["laxer", verdict("WARN", "a"), verdict("ALLOW"), { policyIds: ["a"], why: "by a" }],
  ["stricter for nothing but unknown facts", verdict("ALLOW"), verdict("DENY", ERROR), "untold"],
  [
    "stricter for more than that",
    verdict("WARN", "a"),
    verdict("DENY", ERROR, "b"),
    { after: "DENY" },
  ],
  ["laxer than unknown facts", verdict("DENY", ERROR), verdict("ALLOW"), { after: "ALLOW" }],
] as const)("%s", (_, before, after, told) => {
  const comparison = compareVerdicts(before, after);
  if (typeof told === "string") expect(comparison).toBe(told);
  else expect(comparison).toMatchObject(told);
});
