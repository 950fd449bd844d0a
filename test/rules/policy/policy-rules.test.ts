import fc from "fast-check";
import { expect, test } from "vitest";
import type { Facts } from "../../../rules/facts/facts.ts";
import { judgeFacts } from "../../../rules/judge.ts";
import { loadPolicies } from "../../../rules/policy/load.ts";
import type { GovernanceVerdict, Reason } from "../../../rules/verdict/verdict.ts";
import { bo, factsOf, policySource, problemsOf, review, someFile } from "../sample-evidence.ts";

const FILES = [
  { ...someFile, path: "src/a.ts" },
  { ...someFile, path: "src/b.ts" },
  { ...someFile, path: "docs/c.md" },
];

function fileOf(policy: string): string {
  const lines = policy.trim().split("\n");
  return `version: 1\npolicies:\n  - id: a\n${lines.map((line) => `    ${line}\n`).join("")}`;
}

function verdictOf(policy: string, facts: Facts = factsOf({}, FILES)): GovernanceVerdict {
  const policies = loadPolicies([policySource(fileOf(policy))], false);
  expect(policies.problems).toEqual([]);
  const { verdict, checks } = judgeFacts(facts, { policies, origin: "cli" });
  expect(checks.filter(({ policyId }) => policyId === "a")).toHaveLength(1);
  return verdict;
}

function shown({ decision, path, message, remedy }: Reason): string {
  return `${decision} ${path ?? "-"} ${message} (${remedy})`;
}

const SHARED = `
title: Sources
decision: DENY
each: files
match: { path: "src/**" }
message: "{{item.path}} of all"
remedy: leave it
rules:`;

test("a rule has what its policy says, and its conditions are asked beside the policy's", () => {
  const { reasons } = verdictOf(`${SHARED}
  - match: { path: ["**/a.*", "**/c.*"] }
  - decision: WARN
    match: { path: "**/b.*" }
    message: "{{item.path}} of its own"
    remedy: look at it`);
  expect(reasons.map(shown)).toEqual([
    "DENY src/a.ts src/a.ts of all (leave it)",
    "WARN src/b.ts src/b.ts of its own (look at it)",
  ]);
});

test.each([
  { order: "first", rules: "\n  - decision: DENY\n  - decision: WARN" },
  { order: "last", rules: "\n  - decision: WARN\n  - decision: DENY" },
])("of rules that hold for one file the strictest speaks alone, written $order", ({ rules }) => {
  const { reasons } = verdictOf(`each: files\nmatch: { path: "src/**" }\nrules:${rules}`);
  expect(reasons.map(({ decision, path }) => `${decision} ${path ?? ""}`)).toEqual([
    "DENY src/a.ts",
    "DENY src/b.ts",
  ]);
});

test("rules about the change as a whole all speak", () => {
  const { reasons } = verdictOf(`
rules:
  - { decision: DENY, when: true, message: one }
  - { decision: WARN, when: true, message: other }`);
  expect(reasons.map(({ message }) => message)).toEqual(["one", "other"]);
});

test("a rule is settled by the approvals that it asks for, or its policy where it asks for none", () => {
  const facts = factsOf({ reviews: [review(bo)] }, FILES);
  const { decision, reasons } = verdictOf(
    `
decision: DENY
each: files
unless: { approved_by: { count: 1 } }
rules:
  - match: { path: "**/a.*" }
  - match: { path: "**/b.*" }
    unless: { approved_by: { count: 2 } }`,
    facts,
  );
  expect(decision).toBe("DENY");
  expect(reasons.map(({ path, settledBy }) => [path, settledBy.length])).toEqual([
    ["src/a.ts", 1],
    ["src/b.ts", 0],
  ]);
});

test("a denial that is settled hides no warning that nobody settled", () => {
  const facts = factsOf({ reviews: [review(bo)] }, FILES);
  const { decision, reasons } = verdictOf(
    `
each: files
match: { path: "**/a.*" }
rules:
  - decision: DENY
    unless: { approved_by: { count: 1 } }
  - decision: WARN`,
    facts,
  );
  expect(decision).toBe("WARN");
  expect(reasons.map(({ decision: of, settledBy }) => `${of} ${settledBy.length}`).sort()).toEqual([
    "DENY 1",
    "WARN 0",
  ]);
});

test.each([
  { what: "no decision", rules: "- match: { path: a }", line: 5, message: "decision" },
  { what: "an unknown key", rules: "- { decision: WARN, when: true, tile: x }", line: 5 },
  { what: "a path that leads nowhere", rules: "- { decision: WARN, match: { x: 1 } }", line: 5 },
  { what: "nothing that it fires for", rules: "- { decision: WARN }", line: 5, message: "fires" },
  { what: "no form of a rule", rules: "- 1", line: 5 },
  { what: "an empty list", rules: "[]", line: 4, inline: true },
])("a policy is refused at its place where a rule is or has $what", (refused) => {
  const { rules, line, message = "", inline } = refused;
  const each = rules.includes("match") ? "each: files, " : "";
  const text = fileOf(
    inline ? `rules: ${rules}` : `rules:\n  ${rules.replace("- {", `- { ${each}`)}`,
  );
  const problems = problemsOf(text);
  expect(problems.map(({ at }) => at.split(":")[0])).toContain(String(line));
  expect(problems.map((problem) => problem.message).join()).toContain(message);
});

test("one more rule takes nothing back", () => {
  const rule = fc.record({
    decision: fc.constantFrom("WARN", "DENY"),
    match: fc.record({ path: fc.constantFrom("**", "src/**", "**/a.*", "docs/**") }),
    unless: fc.constantFrom(undefined, { approved_by: { count: 1 } }),
  });
  const facts = factsOf({ reviews: [review(bo)] }, FILES);
  const rank = { ALLOW: 0, WARN: 1, DENY: 2 };
  const decisionOf = (rules: readonly object[]) =>
    verdictOf(`each: files\nrules: ${JSON.stringify(rules)}`, facts).decision;
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 1, maxLength: 4 }),
      rule,
      fc.nat(4),
      (rules, more, at) => {
        const all = rules.toSpliced(at, 0, more);
        expect(rank[decisionOf(all)]).toBeGreaterThanOrEqual(rank[decisionOf(rules)]);
      },
    ),
    { numRuns: 50 },
  );
});
