import { expect, test } from "vitest";
import { isStopped, isStricter } from "../../maestro/enforcement.ts";
import type { Judgement } from "../../rules/evidence.ts";
import type { Decision } from "../../rules/verdict/verdict.ts";

function judged(decision: Decision, simulation = false): Judgement {
  return { verdict: { decision, provenance: { simulation } } } as Judgement;
}

test.each([
  { decision: "ALLOW", deny: false, warn: false },
  { decision: "WARN", deny: false, warn: true },
  { decision: "DENY", deny: true, warn: true },
] as const)("$decision stops by deny: $deny, by warn: $warn", ({ decision, deny, warn }) => {
  expect(isStopped(judged(decision))).toBe(deny);
  expect(isStopped(judged(decision), "warn")).toBe(warn);
  expect(isStopped(judged(decision, true), "warn")).toBe(false);
});

test("a denial is stricter than a warning, and that than being allowed", () => {
  expect(isStricter(judged("DENY"), judged("WARN"))).toBe(true);
  expect(isStricter(judged("WARN"), judged("ALLOW"))).toBe(true);
  expect(isStricter(judged("WARN"), judged("WARN"))).toBe(false);
  expect(isStricter(judged("ALLOW"), judged("DENY"))).toBe(false);
});
