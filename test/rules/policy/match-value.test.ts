import { describe, expect, test } from "vitest";
import { policyFileOf, problemsOf } from "../sample-evidence.ts";

function problemOf(match: string) {
  return problemsOf(policyFileOf(`match: { ${match} }\neach: capabilities`));
}

test.each([
  { when: "a pattern is no text", match: "name: { matches: 3 }", at: "5:31" },
  { when: "a text is bounded by a text", match: "name: { atLeast: a }", at: "5:31" },
])("a test is refused at its place where $when", ({ match, at }) => {
  expect(problemOf(match).map((problem) => problem.at)).toEqual([at]);
});

describe("a test that is refused says what is wrong and what can be tested", () => {
  test.each([
    { match: "name: {}", says: "map", remedy: "text" },
    { match: "name: []", says: "list", remedy: "text" },
    { match: "line: many", says: '"many"', remedy: "number" },
    { match: "delta: add", says: '"add"', remedy: "added" },
    { match: "name: null", says: "absent", remedy: "text" },
    { match: "line: { matches: x }", says: "pattern", remedy: "number" },
    { match: "name: { atLeast: 3 }", says: "number", remedy: "text" },
    { match: "line: { surprise: 3 }", says: '"surprise"', remedy: "atLeast" },
  ])("{ $match }", ({ match, says, remedy }) => {
    const [problem] = problemOf(match);
    expect(problem?.message).toContain(says);
    expect(problem?.remedy).toContain(remedy);
  });

  test("null for what may be unknown", () => {
    const [problem] = problemsOf(policyFileOf("only: { action.title: null }"));
    expect(problem?.message).toContain("unknown");
  });
});

test.each([
  { written: "nt", meant: "not" },
  { written: "ay", meant: "any" },
  { written: "atLest", meant: "atLeast" },
  { written: "atmost", meant: "atMost" },
  { written: "match", meant: "matches" },
])("the operator $written was meant to be $meant", ({ written, meant }) => {
  expect(problemOf(`line: { ${written}: 3 }`)[0]?.remedy).toBe(`did you mean ${meant}?`);
});
