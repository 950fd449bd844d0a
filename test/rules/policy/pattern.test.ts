import { expect, test } from "vitest";
import { compilePattern, testPattern } from "../../../rules/policy/pattern.ts";

test("a pattern stays compiled while all that one file may hold is compiled besides", () => {
  const first = compilePattern("path", "first/*");
  for (let n = 0; n < 5_000; n += 1) compilePattern("path", `other/${n}/**`);
  expect(compilePattern("path", "first/*")).toBe(first);
});

test("patterns are forgotten before they fill the memory", () => {
  const first = compilePattern("path", "soon/*");
  for (let n = 0; n < 600; n += 1) compilePattern("search", `(a{1,30}){1,30}b${n}`);
  expect(compilePattern("path", "soon/*")).not.toBe(first);
});

test.each([
  { what: "nested repetition", kind: "search", source: "^(a+)+$" },
  { what: "equal alternatives", kind: "search", source: "(a|a)*b" },
  { what: "repetition of anything", kind: "search", source: "(.*)*x" },
  { what: "repetition beside repetition", kind: "search", source: "a*a*a*a*a*a*a*a*b" },
  { what: "optional parts", kind: "search", source: "(?:a?){900}a{90}b" },
  { what: "counted alternatives", kind: "search", source: "(?:a|aa|aaa){300}b" },
  { what: "stars in a path", kind: "path", source: "*a".repeat(400) + "b" },
  { what: "stars in a name", kind: "name", source: "*a".repeat(400) + "b" },
  { what: "folders of any depth", kind: "path", source: "**/".repeat(300) + "b" },
  { what: "braces in braces", kind: "path", source: "{a,{a,{a,{a,{a,a}*}*}*}*}*b" },
] as const)("$what would never end in an engine that backtracks", ({ kind, source }) => {
  expect(testPattern(kind, source, `${"a".repeat(20_000)}!`)).toBe(false);
  expect(testPattern(kind, source, "a/".repeat(2_000))).toBe(false);
});

test("a glob that is a plain word weighs the same however long it is", () => {
  const { weight } = compilePattern("path", "a");
  expect(compilePattern("path", "b".repeat(1_000)).weight).toBe(weight);
  expect(compilePattern("path", "b*").weight).toBeGreaterThan(weight);
});

test.each([
  { what: "its length", largest: "a".repeat(1_024), code: "PATTERN_INVALID" },
  {
    what: "its instructions",
    largest: `${"a{1000}".repeat(4)}a{998}`,
    code: "PATTERN_TOO_LARGE",
  },
])("a pattern may be as large as the limit of $what, and no larger", ({ largest, code }) => {
  expect(compilePattern("search", largest).weight).toBeGreaterThan(0);
  expect(() => compilePattern("search", `${largest}a`)).toThrow(expect.objectContaining({ code }));
});

test("a pattern that is too long is told how long it may be", () => {
  expect(() => compilePattern("search", "a".repeat(1_025))).toThrow("1024");
});

test.each([
  { what: "a pattern of 10 kB", kind: "search", source: `[${"a".repeat(10_000)}]` },
  { what: "a glob of 10 kB", kind: "path", source: "a".repeat(10_000) },
  { what: "a repetition of thousands", kind: "search", source: "a{5000}" },
  { what: "a repetition of repetitions", kind: "search", source: "(a{900}){900}" },
  { what: "braces too deep", kind: "path", source: "{".repeat(500) + "}".repeat(500) },
  { what: "a back-reference", kind: "search", source: "(a)\\1" },
  { what: "a look-ahead", kind: "search", source: "(?=a)b" },
] as const)("$what is refused", ({ kind, source }) => {
  expect(() => compilePattern(kind, source)).toThrow();
});
