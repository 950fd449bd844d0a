import { expect, test } from "vitest";
import { judge } from "../../../rules/judge.ts";
import { changeOfCase, surroundingsOfCase } from "../../../rules/policy-cases/case-evidence.ts";
import type { PolicyCase } from "../../../rules/policy-cases/case-file.ts";
import { caseResult } from "../../../rules/policy-cases/case-result.ts";
import { loadPolicies } from "../../../rules/policy/load.ts";
import { policyFileOf, policySource } from "../sample-evidence.ts";

const POLICIES = loadPolicies(
  [
    policySource(
      policyFileOf(
        'each: files\nmatch: { path: "src/**" }\nunless: { approved_by: { count: 1 } }\nmessage: "{{item.path}} is code"',
      ),
    ),
  ],
  false,
);

const ONE: PolicyCase = { name: "a", files: { "src/a.ts": { head: "a\n" } }, want: "DENY" };

function misses(more: Partial<PolicyCase>): readonly string[] {
  const one = { ...ONE, ...more };
  const evidence = { ...surroundingsOfCase(one), ...changeOfCase(one.files ?? {}) };
  return caseResult(one, judge({ ...evidence, policies: POLICIES }).verdict).misses;
}

const review = { by: "bo", state: "approved", role: "write", current: true } as const;

test.each<Partial<PolicyCase>>([
  {},
  { policies: ["rule"] },
  { reasons: [{ policy: "rule", decision: "DENY", path: "src/a.ts", message: "is code" }] },
  { reviews: [review], want: "ALLOW", policies: [] },
  { reviews: [{ ...review, by: "ann" }], action: { author: "Ann" } },
  { reviews: [{ ...review, current: false }] },
  { reviews: [{ ...review, role: "read" }] },
  { reviews: [{ ...review, by: "bo[bot]" }] },
  { reviews: [review, { ...review, state: "changes_requested" }] },
  { files: { "docs/a.md": { base: "a\n" } }, want: "ALLOW" },
])("as wanted: %j", (more) => {
  expect(misses(more)).toEqual([]);
});

test.each<{ more: Partial<PolicyCase>; said: string }>([
  { more: { want: "ALLOW" }, said: "wanted ALLOW, got DENY (rule: src/a.ts is code)" },
  { more: { policies: [] }, said: "wanted of the policies none, got rule" },
  { more: { policies: ["rule", "x"] }, said: "wanted of the policies rule, x, got rule" },
  { more: { reasons: [{ path: "src/b.ts" }] }, said: 'no reason is {"path":"src/b.ts"}' },
  { more: { reasons: [{ line: 1 }] }, said: 'no reason is {"line":1}' },
  { more: { reasons: [{ decision: "WARN" }] }, said: 'no reason is {"decision":"WARN"}' },
  { more: { reasons: [{ policy: "x" }] }, said: 'no reason is {"policy":"x"}' },
  { more: { reviews: [review] }, said: "wanted DENY, got ALLOW" },
])("a miss is told: $said", ({ more, said }) => {
  expect(misses(more)).toEqual([said]);
});
