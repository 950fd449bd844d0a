import { expect, test } from "vitest";
import { checkPattern, type Compilation, type Finding } from "../../../rules/policy/findings.ts";
import { compilePattern } from "../../../rules/policy/pattern.ts";

/** The most that the patterns of one document may weigh, and what one weighs that is too large. */
const MOST = 500_000;
const TOO_LARGE = 50_000;

interface Counted extends Compilation {
  readonly findings: Finding[];
  readonly patterns: { readonly known: Set<string>; weight: number };
}

function counting(weight = 0): Counted {
  return { findings: [], reads: new Set(), patterns: { known: new Set(), weight } };
}

test("each pattern of a document weighs once, and one of another kind is another", () => {
  const compilation = counting();
  for (const kind of ["path", "name", "path", "name"] as const) {
    checkPattern(compilation, [], { kind, source: "src/*" });
  }
  checkPattern(compilation, [], { kind: "path", source: "docs/*" });
  const weights = [
    compilePattern("path", "src/*"),
    compilePattern("name", "src/*"),
    compilePattern("path", "docs/*"),
  ].map(({ weight }) => weight);
  expect(compilation.patterns.weight).toBe(weights.reduce((sum, weight) => sum + weight));
});

test("a pattern that stood elsewhere is still held against the values of its fact", () => {
  const compilation = counting();
  const pattern = { kind: "name", source: "npm.*" } as const;
  checkPattern(compilation, ["one"], pattern);
  checkPattern(compilation, ["other"], { ...pattern, values: ["github.workflow"] });
  expect(compilation.findings).toMatchObject([{ at: ["other"] }]);
});

test.each([
  { what: "are looked at as long as they weigh no more", weight: MOST, findings: 1 },
  { what: "are not looked at where those before weigh more", weight: MOST + 1, findings: 0 },
])("patterns $what than a document's may", ({ weight, findings }) => {
  const compilation = counting(weight);
  checkPattern(compilation, [], { kind: "path", source: "[" });
  expect(compilation.findings).toHaveLength(findings);
});

test("of patterns that are too large ten are told, and at the next that it is enough", () => {
  const compilation = counting();
  const told = Array.from({ length: 12 }, (_, n) => {
    checkPattern(compilation, [n], { kind: "search", source: "a{1000}".repeat(6) });
    return compilation.findings.length;
  });
  expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 12]);
  expect(compilation.patterns.weight).toBe(MOST + TOO_LARGE);
  const last = compilation.findings.at(-1);
  expect(last?.at).toEqual([10]);
  expect(last?.message).toContain("patterns");
  expect(last?.remedy).toContain("split");
});

test("a pattern that is none weighs nothing", () => {
  const compilation = counting();
  checkPattern(compilation, [], { kind: "search", source: "(" });
  expect(compilation.patterns.weight).toBe(0);
});

test.each([
  { kind: "search", source: "(a)\\1", says: "pattern", remedy: "RE2" },
  { kind: "path", source: "a[", says: "glob", remedy: "\\" },
  { kind: "name", source: "b{", says: "glob", remedy: "\\" },
] as const)("what is no $says is quoted: $source", ({ kind, source, says, remedy }) => {
  const { findings, ...rest } = counting();
  checkPattern({ findings, ...rest }, ["here"], { kind, source });
  expect(findings).toMatchObject([{ at: ["here"] }]);
  expect(findings[0]?.message).toContain(JSON.stringify(source));
  expect(findings[0]?.message).toContain(says);
  expect(findings[0]?.remedy).toContain(remedy);
});

test("what a fact can never be is quoted, with what was meant", () => {
  const compilation = counting();
  const values = ["github.workflow.permission"];
  const source = "github.workflow.permisson";
  checkPattern(compilation, [], { kind: "name", source, values });
  expect(compilation.findings[0]?.message).toContain(source);
  expect(compilation.findings[0]?.remedy).toContain("github.workflow.permission");
});

test.each([
  { what: "is none", source: `[${"x".repeat(500)}` },
  { what: "matches nothing", source: "x".repeat(500), values: ["a"] },
])("a long pattern that $what is quoted by its beginning", ({ source, values = null }) => {
  const compilation = counting();
  checkPattern(compilation, [], { kind: "name", source, values });
  expect(compilation.findings[0]?.message).toContain(source.slice(0, 80));
  expect(compilation.findings[0]?.message.length).toBeLessThan(200);
});
