import { describe, expect, test } from "vitest";
import type { Facts } from "../../../rules/facts/facts.ts";
import { because } from "../../../rules/policy/because.ts";
import { evaluatePolicy } from "../../../rules/policy/evaluate.ts";
import { isTrue } from "../../../rules/policy/logic.ts";
import {
  factsOf,
  policyFileOf,
  policyOf,
  problemsOf,
  pullRequest,
  someCommit,
  someFile,
} from "../sample-evidence.ts";

function outcomeOf(only: string, facts: Facts): string {
  return evaluatePolicy(policyOf(`only: { ${only} }`), facts).outcome;
}

const labelled = (...labels: string[]) => factsOf({ action: { ...pullRequest, labels } });

test.each([
  { only: "action.labels: { has: a }", labels: ["a", "b"], fires: true },
  { only: "action.labels: { has: a }", labels: ["b"], fires: false },
  { only: "action.labels: { has: [a, c] }", labels: ["c"], fires: true },
  { only: "action.labels: { lacks: a }", labels: ["b"], fires: true },
  { only: "action.labels: { lacks: a }", labels: [], fires: true },
  { only: "action.labels: { lacks: a }", labels: ["a"], fires: false },
  { only: "action.labels: { lacks: [a, b] }", labels: ["b"], fires: false },
  { only: "action.labels: { has: a, lacks: b }", labels: ["a", "b"], fires: false },
  { only: "action.labels: { has: a, lacks: b }", labels: ["a"], fires: true },
  { only: "action.labels: { has: a, not: b }", labels: ["a", "b"], fires: false },
  // One and the same label: not one that matches and another one that differs.
  { only: "action.labels: { has: { matches: ^a, not: ab } }", labels: ["ab", "c"], fires: false },
  { only: "action.labels: { has: { matches: ^a, not: ab } }", labels: ["ab", "ac"], fires: true },
])("of the labels $labels, { $only } is $fires", ({ only, labels, fires }) => {
  expect(outcomeOf(only, labelled(...labels))).toBe(fires ? "fail" : "pass");
});

const files = factsOf({}, [
  { ...someFile, path: "src/a" },
  { ...someFile, path: "docs/b", status: "renamed", previousPath: "old/b" },
]);

test.each([
  { only: "change.files: { has: { path: 'src/**', status: modified } }", fires: true },
  { only: "change.files: { has: { path: 'src/**', status: renamed } }", fires: false },
  { only: "change.files: { lacks: { path: CHANGELOG.md } }", fires: true },
  { only: "change.files: { lacks: { path: 'src/**' } }", fires: false },
  { only: "change.files: { has: [{ path: x }, { path: src/a }] }", fires: true },
  { only: "change.files: { has: { path: src/a }, lacks: { status: removed } }", fires: true },
  { only: "change.files: { has: { any: [{ path: x }, { status: renamed }] } }", fires: true },
  // Both names of a rename count, whatever lets more of it fire.
  { only: "change.files: { has: { path: old/b } }", fires: true },
  { only: "change.files: { lacks: { path: 'old/**' } }", fires: true },
  { only: "not: { change.files: { has: { path: 'old/**' } } }", fires: true },
])("of two files { $only } is $fires", ({ only, fires }) => {
  expect(outcomeOf(only, files)).toBe(fires ? "fail" : "pass");
});

test.each([
  { only: "change.files: { path: a }", spot: "{ path", remedy: /has: { path: … }/ },
  { only: "change.files: { has: {} }", spot: "{}", remedy: /delta: added/ },
  { only: "change.files: { has: [] }", spot: "[]", remedy: /say what/ },
  { only: "change.files: { has: { pth: a } }", spot: "pth", remedy: /did you mean path/ },
  {
    only: "change.files: { has: { action.title: a } }",
    spot: "action.title",
    remedy: /start at one element/,
  },
  { only: "change.files: { has: { path: a }, any: b }", spot: "{ has", remedy: /has/ },
  { only: "action.labels: { has: 3 }", spot: "3", remedy: /in quotes: "3"/ },
  { only: "action.title: { has: a }", spot: "has", remedy: /use not, any/ },
])("{ $only } is refused at its place", ({ only: written, spot, remedy }) => {
  const only = `only: { ${written} }`;
  const problems = problemsOf(policyFileOf(only));
  const at = `5:${5 + only.lastIndexOf(spot)}`;
  expect(problems).toMatchObject([{ at, remedy: expect.stringMatching(remedy) as string }]);
});

describe("of elements of which something is unknown", () => {
  const commits = (...messages: (string | null)[]) =>
    factsOf({ commits: messages.map((message) => ({ ...someCommit, message })) });

  test.each([
    { test: "has", messages: ["x", null], outcome: "fail" },
    { test: "has", messages: [null, "x"], outcome: "fail" },
    { test: "has", messages: ["y", null], outcome: "error" },
    { test: "has", messages: ["y"], outcome: "pass" },
    { test: "lacks", messages: ["x", null], outcome: "pass" },
    { test: "lacks", messages: [null, "x"], outcome: "pass" },
    { test: "lacks", messages: [null, "y"], outcome: "error" },
    { test: "lacks", messages: ["y"], outcome: "fail" },
  ])("one that is known may decide: $test x in $messages", ({ test: word, messages, outcome }) => {
    expect(outcomeOf(`commits: { ${word}: { message: x } }`, commits(...messages))).toBe(outcome);
  });

  test("a list that nobody knows denies", () => {
    expect(outcomeOf("commits: { lacks: { merge: true } }", factsOf())).toBe("error");
  });

  const x = { "===": [{ known: [{ var: "message" }, "message"] }, "x"] };
  test.each([
    { walk: "all", messages: ["y", null], truth: false },
    { walk: "all", messages: [null, "y"], truth: false },
    { walk: "all", messages: ["x", "x"], truth: true },
    { walk: "all", messages: [], truth: false },
    { walk: "none", messages: [null, "x"], truth: false },
    { walk: "none", messages: [], truth: true },
    { walk: "some", messages: [], truth: false },
  ])("$walk of $messages is $truth", ({ walk, messages, truth }) => {
    expect(isTrue({ [walk]: [{ var: "commits" }, x] }, commits(...messages))).toBe(truth);
  });
});

test("why a list has one, or none, is told in words", () => {
  const has = policyOf("only: { action.labels: { has: [a, { matches: b }] } }").condition;
  expect(because(has, labelled("a"))).toEqual([
    'action.labels has one of which is "a" or matches "b"',
  ]);
  const lacks = policyOf("only: { change.files: { lacks: { path: b, not: { status: added } } } }");
  expect(because(lacks.condition, files)).toEqual([
    'change.files has none of which (path matches "b" and (previousPath is null or previousPath matches "b")) and not (status is "added")',
  ]);
});
