import { describe, expect, test } from "vitest";
import type { External } from "../../../rules/facts/facts.ts";
import { NOTHING_KNOWN } from "../../../rules/facts/unknown.ts";
import { judge } from "../../../rules/judge.ts";
import {
  evidenceOf,
  policyFileOf,
  policySource,
  problemsOf,
  someCommit,
} from "../sample-evidence.ts";

function judged(lines: string, external: Partial<External> = {}) {
  const known = { ...NOTHING_KNOWN, ...external };
  return judge({
    ...evidenceOf([], [policySource(policyFileOf(lines))]),
    ...{ external: known, commits: [someCommit] },
  });
}

const outcomeOf = (...given: Parameters<typeof judged>) =>
  judged(...given).checks.find(({ policyId }) => policyId === "rule")?.outcome;

describe("repository.properties", () => {
  const properties = { tier: ["gold"], owners: ["b", "a"], secret: ["x"] };

  test.each([
    { only: "repository.properties.tier: gold", outcome: "fail" },
    { only: "repository.properties.tier: silver", outcome: "pass" },
    { only: "repository.properties.tier: [silver, gold]", outcome: "fail" },
    { only: "repository.properties.tier: { not: silver }", outcome: "fail" },
    { only: "repository.properties.owners: { has: a, lacks: c }", outcome: "fail" },
    { only: "repository.properties.unset: { not: gold }", outcome: "fail" },
    { only: "repository.properties.unset: gold", outcome: "pass" },
    { only: "repository.properties.constructor: gold", outcome: "pass" },
    { only: "repository.properties.toString: { matches: . }", outcome: "pass" },
  ])("{ $only }: $outcome", ({ only, outcome }) => {
    expect(outcomeOf(`only: { ${only} }`, { properties })).toBe(outcome);
  });

  test("are unknown where the host does not tell them, and deny", () => {
    expect(outcomeOf("only: { repository.properties.tier: { not: gold } }")).toBe("error");
  });

  test("only those that a policy reads are facts, and so recorded", () => {
    const lines =
      "only: { any: [{ repository.properties.owners: c }, { repository.properties.a: b }] }";
    expect(judged(lines, { properties }).facts.repository.properties).toEqual({
      a: [],
      owners: ["a", "b"],
    });
    expect(judged("when: true", { properties }).facts.repository.properties).toBeNull();
  });

  test.each([
    { path: "repository.properties", at: "5:36" },
    { path: "repository.properties.", at: "5:13" },
    { path: "repository.properties.a b", at: "5:13" },
    { path: "repository.properties.__proto__", at: "5:13" },
    { path: "repository.properties.a.b", at: "5:13" },
  ])("$path is refused at its place", ({ path, at }) => {
    expect(problemsOf(policyFileOf(`only: { ${path}: x }`)).map((one) => one.at)).toEqual([at]);
  });
});

describe("statuses", () => {
  const ci = { name: "ci", app: "github-actions", appId: "15368", conclusion: "success" };
  const lines = 'only: { statuses: { lacks: { name: ci, appId: "15368", conclusion: success } } }';

  test.each([
    { when: "it succeeded", statuses: [ci], outcome: "pass" },
    { when: "it runs still", statuses: [{ ...ci, conclusion: null }], outcome: "fail" },
    { when: "it failed", statuses: [{ ...ci, conclusion: "failure" }], outcome: "fail" },
    { when: "it was skipped", statuses: [{ ...ci, conclusion: "skipped" }], outcome: "fail" },
    { when: "it is another App's", statuses: [{ ...ci, appId: "1" }], outcome: "fail" },
    { when: "there is none", statuses: [], outcome: "fail" },
    { when: "nobody tells", statuses: null, outcome: "error" },
  ])("a required check where $when: $outcome", ({ statuses, outcome }) => {
    expect(outcomeOf(lines, { statuses })).toBe(outcome);
  });
});

describe("verified", () => {
  const lines = "each: commits\nmatch: { verified: false }";

  test.each([
    { verified: { [someCommit.sha]: false }, outcome: "fail" },
    { verified: { [someCommit.sha]: true }, outcome: "pass" },
    { verified: { ["0".repeat(40)]: true }, outcome: "error" },
    { verified: null, outcome: "error" },
  ])("$verified: $outcome", ({ verified, outcome }) => {
    expect(outcomeOf(lines, { verified })).toBe(outcome);
  });
});
