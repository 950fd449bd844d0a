import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../../rules/canonical.ts";
import { loadPolicies } from "../../../rules/policy/load.ts";
import { policyFileOf, policySource, problemsOf } from "../sample-evidence.ts";

/** YAML refuses it, JSON may hold it: what has it is read as JSON or not at all. */
const SEPARATOR = "\u2028";

/** A valid file in canonical JSON of so many bytes, at least 250,000. */
function jsonOf(bytes: number): string {
  const rest = { decision: "WARN", when: true, message: SEPARATOR, remedy: "r".repeat(1_000) };
  const file = (left: number) =>
    canonicalJson({
      version: 1,
      policies: Array.from({ length: 200 }, (_, n) => {
        const letters = Math.min(1_000, Math.max(0, left - 1_000 * n));
        return { ...rest, id: `p${n}`, title: `t${"t".repeat(letters)}` };
      }),
    });
  return file(bytes - Buffer.byteLength(file(0)));
}

/** Canonical JSON in which `last` stands as deep as `depth`: six levels hold the lists around it. */
function nestedJson(depth: number, last: string, title = "t"): string {
  const lists = `${"[".repeat(depth - 7)}${last}${"]".repeat(depth - 7)}`;
  return `{"policies":[{"decision":"WARN","id":"a","title":"${title}","when":{"in":["a",[${lists}]]}}],"version":1}`;
}

describe("canonical JSON", () => {
  test("may have 256 KiB, and not one byte more", () => {
    const [largest, larger] = [jsonOf(256 * 1024), jsonOf(256 * 1024 + 1)];
    expect([largest, larger].map((text) => Buffer.byteLength(text))).toEqual([262_144, 262_145]);
    expect(problemsOf(largest)).toEqual([]);
    expect(problemsOf(larger).map(({ at }) => at)).toEqual(["1:1"]);
  });

  test("that is not UTF-8 is refused, as YAML is", () => {
    const bytes = Buffer.from(nestedJson(10, '"b"', "\xff"), "latin1");
    const { problems } = loadPolicies([{ ...policySource(""), bytes }], false);
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining("UTF-8")]);
  });

  test.each([
    { what: "a text", last: '"b"' },
    { what: "null", last: "null" },
    { what: "an empty list", last: "[]" },
    { what: "an empty list among others", last: '"a",[],1' },
  ])("may nest a hundred deep, like YAML, and no deeper: $what", ({ last }) => {
    const problems = (depth: number, title?: string) =>
      problemsOf(nestedJson(depth, last, title)).length;
    expect(problems(100)).toBe(0);
    expect(problems(100, SEPARATOR)).toBe(0);
    expect(problems(101)).toBe(1);
  });
});

test.each([
  { what: "a tag", text: "version: !!int 1\npolicies: []\n", at: "1:16", says: "tag" },
  { what: "an alias of itself", text: "version: &v [*v]\n", at: "1:14", says: "alias" },
])("a document that cannot be read is refused where it has $what", ({ text, at, says }) => {
  const problems = problemsOf(text);
  expect(problems.map((problem) => problem.at)).toEqual([at]);
  expect(problems[0]?.message).toContain(says);
});

test("a finding about an operand that is not in a list stands at the operand", () => {
  const problems = problemsOf(policyFileOf("when: { '<': [{ min: x }, 3] }"));
  expect(problems.map(({ at }) => at)).toEqual(["5:26"]);
});
