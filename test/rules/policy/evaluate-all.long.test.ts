import { expect, test } from "vitest";
import { judgeFacts } from "../../../rules/judge.ts";
import { loadPolicies } from "../../../rules/policy/load.ts";
import { factsOf, policySource, someCapability } from "../sample-evidence.ts";

test("ten thousand policies over a thousand findings come to a verdict, with every policy in it", () => {
  const documents = Array.from({ length: 10 }, (_, file) => {
    const lines = Array.from({ length: 1_000 }, (_, n) => {
      return `  - { id: p${n}-${file}, decision: WARN, each: capabilities, match: { delta: raised } }\n`;
    });
    return policySource(`version: 1\npolicies:\n${lines.join("")}`, `${file}.yml`);
  });
  const capabilities = Array.from({ length: 1_000 }, (_, n) => ({
    ...someCapability,
    line: n + 1,
  }));
  const policies = loadPolicies(documents, false);
  const { verdict, checks } = judgeFacts(factsOf({ capabilities }), { policies, origin: "cli" });
  expect(verdict.policyIds).toHaveLength(10_000);
  expect(verdict.reasons).toHaveLength(1_000);
  expect(verdict.reasonsOmitted).toBe(10_000_000 - 1_000);
  const kept = checks.reduce((sum, { reasons }) => sum + reasons.length, 0);
  expect(kept).toBeLessThanOrEqual(50_000);
});
