import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judge } from "../../../rules/judge.ts";
import { loadPolicies } from "../../../rules/policy/load.ts";
import type { PolicySet, PolicySource } from "../../../rules/policy/policy-set.ts";
import { evidenceOf, policySource } from "../sample-evidence.ts";
import { hostileDocument } from "./hostile-document.ts";

function load(text: string): PolicySet {
  return loadPolicies([policySource(text)], false);
}

/** A file with one policy that walks the files, and this `match`. */
function matching(match: string): string {
  return `version: 1\npolicies:\n  - { id: a, decision: WARN, each: files, match: ${match} }\n`;
}

function decisionBy(source: PolicySource): string {
  return judge(evidenceOf([{ path: "src/a", head: "a" }], [source])).verdict.decision;
}

test("any document loads or is refused with places and remedies, and then nothing passes", () => {
  fc.assert(
    fc.property(hostileDocument, (bytes) => {
      const source = { ...policySource(""), bytes };
      const { problems } = loadPolicies([source], false);
      const lines = new TextDecoder().decode(bytes).split("\n").length;
      for (const { line, column, message, remedy } of problems) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(message).not.toBe("");
        expect(remedy).not.toBe("");
      }
      if (problems.length > 0) expect(decisionBy(source)).toBe("DENY");
    }),
    { numRuns: 300 },
  );
});

describe("a document that is refused denies at its line", () => {
  test.each([
    { what: "an alias of itself", text: "version: &v [*v]\n", line: 1 },
    { what: "a merge key", text: "version: 1\n<<: { policies: [] }\n", line: 2 },
    { what: "a tag", text: "version: !!int 1\npolicies: []\n", line: 1 },
    { what: "one key twice", text: "version: 1\npolicies: []\npolicies: []\n", line: 3 },
    { what: "a second document", text: "version: 1\npolicies: []\n---\nversion: 1\n", line: 3 },
    { what: "a directive", text: "%YAML 1.1\n---\nversion: 1\npolicies: []\n", line: 1 },
    { what: "a NUL", text: "version: 1\n\0policies: []\n", line: 2 },
    { what: "a line separator", text: "version: 1\n# \u{2028}policies: []\n", line: 2 },
    { what: "a version of another kind of number", text: "version: 0b1\npolicies: []\n", line: 1 },
    { what: "the key __proto__", text: "version: 1\npolicies: []\n__proto__: {}\n", line: 3 },
    { what: "the key constructor", text: "version: 1\npolicies: []\nconstructor: {}\n", line: 3 },
    {
      what: "a policy that is inherited",
      text: "__proto__: { version: 1, policies: [] }\n",
      line: 1,
    },
    { what: "a fact that every object has", text: matching("{ __proto__: a }"), line: 3 },
    {
      what: "an operator that every object has",
      text: matching("{ path: { toString: a } }"),
      line: 3,
    },
    { what: "nesting a hundred thousand deep", text: `version: ${"[".repeat(100_000)}`, line: 1 },
  ])("$what", ({ text, line }) => {
    expect(load(text).problems).toContainEqual(expect.objectContaining({ line }));
    expect(decisionBy(policySource(text))).toBe("DENY");
  });
});

test("canonical JSON that nests deeper than YAML may is refused, not recursed into", () => {
  const nested = (depth: number): string => `${"[".repeat(depth)}"b"${"]".repeat(depth)}`;
  const file = (depth: number): string =>
    `{"policies":[{"decision":"WARN","each":"files","id":"a","match":{"path":${nested(depth)}}}],"version":1}`;
  expect(load(file(90)).problems).toEqual([]);
  for (const depth of [100, 2_000, 60_000]) {
    const { policies, problems } = load(file(depth));
    expect({ policies: policies.length, problems: problems.length }).toEqual({
      policies: 0,
      problems: 1,
    });
  }
});

test("what a problem quotes of a document is cut at one kibibyte", () => {
  const { problems } = load(matching(`{ ${"x".repeat(200_000)}: a }`));
  for (const { message, remedy } of problems) {
    expect(message.length).toBeLessThanOrEqual(1024);
    expect(remedy.length).toBeLessThanOrEqual(1024);
  }
  expect(problems).toHaveLength(1);
});

test("what is listed over a limit is one problem, and is not looked at", () => {
  const many = "version: 1\npolicies:\n" + "  - {}\n".repeat(3_000);
  const problems = load(many).problems.length;
  expect(problems).toBe(
    load("version: 1\npolicies:\n" + "  - {}\n".repeat(1_000)).problems.length + 1,
  );
  expect(load(`version: 1\nextends: [${"a, ".repeat(200)}]\n`).problems).toHaveLength(11);
});

describe("the patterns of one file", () => {
  const listed = (patterns: readonly string[]): string =>
    matching(`{ path: [${patterns.map((source) => `{ matches: '${source}' }`).join(", ")}] }`);
  const numbered = (count: number, source: (n: number) => string): string[] =>
    Array.from({ length: count }, (_, n) => source(n));

  test("that repeat too much together are refused where they become too many", () => {
    const { policies, problems } = load(listed(numbered(1_000, (n) => `(a{1,30}){1,30}b${n}`)));
    expect(policies).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.column).toBeGreaterThan(5_000);
  });

  test("that are too large each are compiled a few times, not by the hundred", () => {
    const { problems } = load(listed(numbered(200, (n) => `${"a{1000}".repeat(6)}${n}`)));
    expect(problems.length).toBeGreaterThan(1);
    expect(problems.length).toBeLessThan(20);
  });

  test("of usual length may be five thousand, and one that stands often counts once", () => {
    const globs = numbered(5_000, (n) => `'src/${n}/**'`);
    expect(load(matching(`{ path: [${globs.join(", ")}] }`)).problems).toEqual([]);
    const often = numbered(5_000, () => "(a{1,30}){1,30}b");
    expect(load(listed(often)).problems).toEqual([]);
  });

  test("are refused at each place where one is not valid", () => {
    expect(load(matching("{ path: ['[a', b, '[a'] }")).problems).toHaveLength(2);
  });
});
