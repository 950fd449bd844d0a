import { expect, test } from "vitest";
import type { Facts } from "../../../rules/facts/facts.ts";
import { evaluatePolicies } from "../../../rules/policy/evaluate-all.ts";
import { evaluatePolicy } from "../../../rules/policy/evaluate.ts";
import type { PolicyCheck } from "../../../rules/verdict/verdict.ts";
import { judgeFacts } from "../../../rules/judge.ts";
import { loadPolicies } from "../../../rules/policy/load.ts";
import { bo, factsOf, policyOf, policySource, review, someFile } from "../sample-evidence.ts";

const EVERY_FILE = "each: files\nmatch: { path: '**' }";
const OTHER = { ...policyOf(EVERY_FILE), id: "other" };
const STEPS = 50_000_000;

function filesOf(count: number): Facts {
  const number = (n: number): string => String(n).padStart(6, "0");
  return factsOf(
    {},
    Array.from({ length: count }, (_, n) => ({ ...someFile, path: `src/${number(n)}` })),
  );
}

function found(check: PolicyCheck | undefined): number {
  return (check?.reasons.length ?? 0) + (check?.reasonsOmitted ?? 0);
}

test("all reasons of a policy are kept up to a thousand, the first by path, and the rest are counted", () => {
  const whole = evaluatePolicy(policyOf(EVERY_FILE), filesOf(1_000));
  expect(whole).not.toHaveProperty("reasonsOmitted");
  const check = evaluatePolicy(policyOf(EVERY_FILE), filesOf(2_500));
  expect(check.reasons).toHaveLength(1_000);
  expect(check.reasonsOmitted).toBe(1_500);
  expect(check.reasons.at(-1)?.path).toBe("src/000999");
});

test("policies that find too much together keep fewer reasons each, and lose none of the count", () => {
  const policies = [policyOf(EVERY_FILE), OTHER, policyOf("when: true")];
  const checks = evaluatePolicies(policies, filesOf(900), { steps: STEPS, reasons: 600 });
  expect(checks.map(found)).toEqual([900, 900, 1]);
  const kept = checks.map(({ reasons }) => reasons.length);
  expect(kept.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(600);
  expect(Math.min(...kept)).toBe(1);
});

test("what is found in all is kept whole up to the limit, and no more than that above it", () => {
  const policies = [policyOf(EVERY_FILE), OTHER];
  const omitted = (reasons: number): (number | undefined)[] =>
    evaluatePolicies(policies, filesOf(300), { steps: STEPS, reasons }).map(
      (check) => check.reasonsOmitted,
    );
  expect(omitted(600)).toEqual([undefined, undefined]);
  expect(omitted(599)).toEqual([50, 50]);
});

test("a policy that is not judged says so of the change as a whole, and nothing settles it", () => {
  const policies = [policyOf(`${EVERY_FILE}\nunless: { approved_by: {} }`)];
  const [check] = evaluatePolicies(policies, filesOf(9), { steps: 1, reasons: 9 });
  expect(check?.outcome).toBe("error");
  const whole = { path: null, side: null, line: null, endLine: null };
  expect(check?.reasons).toMatchObject([{ ...whole, decision: "DENY", settledBy: [] }]);
  expect(check?.reasons[0]?.message).toContain("rule");
  expect(check?.reasons[0]?.remedy).toContain("split");
});

test("however little may be kept, every policy that fires and every one that fails says so", () => {
  const unknown = `${EVERY_FILE}\nonly: { action.author.login: ann }`;
  const facts = filesOf(300);
  const hidden = { ...facts, action: { ...facts.action, author: null } };
  const policies = [policyOf(unknown), policyOf(EVERY_FILE)];
  const checks = evaluatePolicies(policies, hidden, { steps: STEPS, reasons: 1 });
  expect(checks.map(({ outcome }) => outcome)).toEqual(["error", "fail"]);
  expect(checks.map(({ reasons }) => reasons.length)).toEqual([1, 1]);
  expect(checks.map(found)).toEqual([300, 300]);
});

test("settled reasons that are left out hide no unsettled one", () => {
  const settled = `${EVERY_FILE}\nunless: { approved_by: { count: 1 } }`;
  const facts = { ...filesOf(300), reviews: [review(bo)] };
  const policies = [policyOf(settled), policyOf("each: files\nmatch: { path: src/000299 }")];
  const [approved, failed] = evaluatePolicies(policies, facts, { steps: STEPS, reasons: 10 });
  expect(approved?.outcome).toBe("approved");
  expect(failed?.outcome).toBe("fail");
});

test("a verdict counts what its checks left out", () => {
  const text = (id: string): string =>
    `  - { id: ${id}, decision: DENY, each: files, match: { path: "**" } }\n`;
  const source = policySource(`version: 1\npolicies:\n${text("a")}${text("b")}`);
  const policies = loadPolicies([source], false);
  const { verdict } = judgeFacts(filesOf(2_500), { policies, origin: "cli" });
  expect(verdict).toMatchObject({ decision: "DENY", policyIds: ["a", "b"], reasonsOmitted: 4_000 });
  expect(verdict.reasons.at(-1)).toMatchObject({ path: "src/000499", policyId: "b" });
});
