import { describe, expect, test } from "vitest";
import { judgeFacts } from "../../rules/judge.ts";
import { loadPolicies } from "../../rules/policy/load.ts";
import type { GovernanceVerdict } from "../../rules/verdict/verdict.ts";
import {
  factsOf,
  policySource,
  pullRequest,
  someCapability,
  someFile,
} from "../rules/sample-evidence.ts";

const file = (path: string) => ({ ...someFile, path });
const WARNS = "{ id: warns, decision: WARN, each: files, match: { path: '**' } }";
const DENIES = "{ id: denies, decision: DENY, each: files, match: { path: 'zz/last' } }";
const PASSES = "{ id: passes, decision: DENY, each: files, match: { path: 'nowhere' } }";

function judged(
  facts: ReturnType<typeof factsOf>,
  ...documents: readonly string[][]
): GovernanceVerdict {
  const sources = documents.map((policies, index) =>
    policySource(
      `version: 1\npolicies:\n${policies.map((one) => `  - ${one}\n`).join("")}`,
      `${index}.yml`,
    ),
  );
  return judgeFacts(facts, { policies: loadPolicies(sources, false), origin: "cli" }).verdict;
}

describe("a denial stays where", () => {
  const facts = factsOf({}, [file("a"), file("zz/last")]);
  test.each([
    { when: "a warning comes before it", documents: [[WARNS, DENIES]] },
    { when: "a warning comes after it", documents: [[DENIES, WARNS]] },
    {
      when: "what passes comes around it",
      documents: [[PASSES, DENIES, PASSES.replace("passes", "more")]],
    },
    { when: "another document warns", documents: [[DENIES], [WARNS]] },
    {
      when: "another document has a warning of the same id",
      documents: [[DENIES], [WARNS.replace("id: warns", "id: denies")]],
    },
  ])("$when", ({ documents }) => {
    const { decision, policyIds } = judged(facts, ...documents);
    expect(decision).toBe("DENY");
    expect(policyIds).toContain("denies");
  });

  test("two thousand warnings come before it, more than are shown", () => {
    const files = Array.from({ length: 2_000 }, (_, index) => file(`a/${index}`));
    const { decision, reasons, reasonsOmitted } = judged(factsOf({}, [...files, file("zz/last")]), [
      WARNS,
      DENIES,
    ]);
    expect(decision).toBe("DENY");
    expect(reasonsOmitted).toBeGreaterThan(0);
    expect(reasons[0]).toMatchObject({ policyId: "denies", path: "zz/last" });
  });

  test("another of its conditions is met only by capabilities that warn", () => {
    const strong = { ...someCapability, after: "write", line: 99 };
    const weak = Array.from({ length: 50 }, (_, line) => ({
      ...someCapability,
      after: "read",
      line,
    }));
    const rule = (id: string, decision: string, after: string) =>
      `{ id: ${id}, decision: ${decision}, each: capabilities, match: { after: ${after} } }`;
    const by = [rule("reads", "WARN", "read"), rule("writes", "DENY", "write")];
    expect(judged(factsOf({ capabilities: [...weak, strong] }), by)).toMatchObject({
      decision: "DENY",
      policyIds: ["reads", "writes"],
    });
  });
});

describe("a condition that cannot be evaluated denies, and is no silent pass:", () => {
  const action = { ...pullRequest, title: null, number: null };
  const unknown = factsOf({ action, dependencies: null }, [file("a")]);
  test.each([
    { what: "a fact is unknown", condition: "only: { action.title: x }" },
    { what: "a fact is unknown under a not", condition: "only: { not: { action.title: x } }" },
    { what: "a fact is unknown in raw logic", condition: 'when: { "!": [{ var: action.title }] }' },
    { what: "null would be taken for 0", condition: 'when: { ">": [{ var: action.number }, 5] }' },
    { what: "a list is unknown", condition: "when: { some: [{ var: statuses }, true] }" },
    {
      what: "the list that it walks is unknown",
      condition: "each: dependencies, match: { delta: added }",
    },
    { what: "an operator is unknown", condition: "when: { matches: [{ var: action.kind }, x] }" },
    { what: "a pattern is none", condition: "each: files, match: { path: { matches: '(' } }" },
    {
      what: "a comparison can never hold",
      condition: 'when: { "<": [{ var: change.filesCount }, "3OO"] }',
    },
    {
      what: "a list is compared as a whole",
      condition: 'when: { "==": [{ var: action.labels }, [x]] }',
    },
  ])("$what", ({ condition }) => {
    const { decision, policyIds } = judged(unknown, [
      WARNS,
      `{ id: rule, decision: WARN, ${condition} }`,
    ]);
    expect(decision).toBe("DENY");
    expect(policyIds).toContain("bailiff/policy-error");
  });
});
