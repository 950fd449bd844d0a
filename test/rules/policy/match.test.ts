import { expect, test } from "vitest";
import type { CapabilityFact, Facts, FileFact } from "../../../rules/facts/facts.ts";
import { evaluatePolicy } from "../../../rules/policy/evaluate.ts";
import {
  factsOf,
  policyFileOf,
  policyOf,
  problemsOf,
  pullRequest,
  someCapability,
  someFile,
} from "../sample-evidence.ts";

interface Case<Fact> {
  readonly match: string;
  readonly on: Partial<Fact>;
  readonly fires: boolean;
}

test.each<Case<CapabilityFact>>([
  { match: "delta: raised", on: {}, fires: true },
  { match: "delta: added", on: {}, fires: false },
  { match: "delta: [added, raised]", on: {}, fires: true },
  { match: "delta: raised, name: issues", on: {}, fires: false },
  { match: "delta: { not: raised }", on: {}, fires: false },
  { match: "delta: { not: [added, removed] }", on: {}, fires: true },
  { match: "delta: { any: [added, raised] }", on: {}, fires: true },
  { match: "any: [{ delta: added }, { name: contents }]", on: {}, fires: true },
  { match: "any: [{ delta: added }, { name: issues }]", on: {}, fires: false },
  { match: "not: { delta: added }", on: {}, fires: true },
  { match: "not: { delta: raised, name: contents }", on: {}, fires: false },
  { match: "kind: github.*", on: {}, fires: true },
  { match: "kind: '*.trigger'", on: {}, fires: false },
  { match: "holder: 'jobs.{release,deploy}'", on: {}, fires: true },
  { match: "path: '.github/*'", on: {}, fires: false },
  { match: "path: '.github/**'", on: {}, fires: true },
  { match: "before: read", on: {}, fires: true },
  { match: "before: '*'", on: {}, fires: false },
  { match: "before: null", on: { before: null }, fires: true },
  { match: "before: null", on: {}, fires: false },
  { match: "before: read", on: { before: null }, fires: false },
  { match: "before: { not: read }", on: { before: null }, fires: true },
  { match: "before: { matches: e }", on: { before: null }, fires: false },
  { match: "line: 14", on: {}, fires: true },
  { match: "line: { atLeast: 14 }", on: {}, fires: true },
  { match: "line: { atLeast: 15 }", on: {}, fires: false },
  { match: "line: { atMost: 14 }", on: {}, fires: true },
  { match: "line: { atMost: 13 }", on: {}, fires: false },
  { match: "line: { atLeast: 10, atMost: 20 }", on: {}, fires: true },
  { match: "line: { atLeast: 10, atMost: 12 }", on: {}, fires: false },
  { match: "context: { matches: '^on (push|tag)' }", on: {}, fires: true },
  { match: "context: { matches: '^push' }", on: {}, fires: false },
])("match { $match } on a capability with $on", ({ match, on, fires }) => {
  const policy = policyOf(`each: capabilities\nmatch: { ${match} }`);
  const facts = factsOf({ capabilities: [{ ...someCapability, ...on }] });
  expect(evaluatePolicy(policy, facts).outcome).toBe(fires ? "fail" : "pass");
});

const renamed: Partial<FileFact> = { status: "renamed", path: "docs/a", previousPath: "src/a" };

test.each<Case<FileFact>>([
  { match: "path: 'src/**'", on: {}, fires: true },
  { match: "path: 'docs/**'", on: {}, fires: false },
  { match: "path: 'src/**'", on: renamed, fires: true },
  { match: "path: 'docs/**'", on: renamed, fires: true },
  { match: "path: { not: 'docs/**' }", on: renamed, fires: true },
  { match: "path: { not: 'docs/**' }", on: { path: "docs/a" }, fires: false },
  { match: "not: { path: 'docs/**' }", on: renamed, fires: true },
  { match: "not: { path: 'docs/**' }", on: { path: "docs/a" }, fires: false },
  { match: "not: { not: { path: 'src/**' } }", on: renamed, fires: true },
  { match: "previousPath: 'src/*'", on: renamed, fires: true },
  { match: "previousPath: null", on: {}, fires: true },
  { match: "headMode: { not: '100644' }", on: { headMode: "120000" }, fires: true },
  { match: "headSize: { atLeast: 10 }", on: { headSize: 10 }, fires: true },
  { match: "headSize: { atMost: 10 }", on: { headSize: null, headMode: null }, fires: false },
  { match: "binary: true", on: { binary: true }, fires: true },
])("match { $match } on a file with $on", ({ match, on, fires }) => {
  const policy = policyOf(`each: files\nmatch: { ${match} }`);
  const facts = factsOf({}, [{ ...someFile, ...on }]);
  expect(evaluatePolicy(policy, facts).outcome).toBe(fires ? "fail" : "pass");
});

test.each<Case<Facts["action"]>>([
  { match: "action.kind: pull_request", on: {}, fires: true },
  { match: "action.baseBranch: main", on: {}, fires: true },
  { match: "action.baseBranch: 'release/*'", on: { baseBranch: "release/1" }, fires: true },
  { match: "action.baseBranch: 'release/*'", on: { baseBranch: "release/1/x" }, fires: false },
  { match: "action.author.login: 'dependabot[bot]'", on: {}, fires: false },
  {
    match: "action.author.login: 'dependabot[bot]'",
    on: { author: { id: "9", login: "dependabot[bot]", bot: true } },
    fires: true,
  },
  { match: "action.draft: false", on: {}, fires: true },
  { match: "action.labels: hotfix", on: {}, fires: false },
  { match: "action.labels: hotfix", on: { labels: ["a", "hotfix"] }, fires: true },
  { match: "action.labels: [a, b]", on: { labels: ["b"] }, fires: true },
  { match: "action.labels: { not: a }", on: { labels: ["a", "b"] }, fires: false },
  { match: "action.labels: { not: a }", on: { labels: [] }, fires: true },
  { match: "action.labels: { matches: '^v' }", on: { labels: ["v1"] }, fires: true },
  { match: "action.name: null", on: {}, fires: true },
  { match: "action.number: { atMost: 50 }", on: {}, fires: true },
  { match: "action.number: { atMost: 50 }", on: { number: null }, fires: false },
])("only { $match } on an action with $on", ({ match, on, fires }) => {
  const policy = policyOf(`only: { ${match} }`);
  const facts = factsOf({ action: { ...pullRequest, ...on } });
  expect(evaluatePolicy(policy, facts).outcome).toBe(fires ? "fail" : "pass");
});

test.each([
  { match: "action.kind: pull_request", fires: true },
  { match: "action.kind: push", fires: false },
  { match: "change.filesCount: { atLeast: 1 }, not: { action.draft: true }", fires: true },
])("match { $match } without each is about the change as a whole", ({ match, fires }) => {
  const policy = policyOf(`match: { ${match} }`);
  expect(evaluatePolicy(policy, factsOf({}, [someFile])).outcome).toBe(fires ? "fail" : "pass");
});

test.each([
  { when: "the key is no fact", match: "detla: added", at: "5:14", remedy: "did you mean delta?" },
  { when: "the key is inherited", match: "constructor: x", at: "5:14" },
  { when: "the key would be a prototype", match: "__proto__: x", at: "5:14" },
  { when: "the path leads into a text", match: "delta.x: added", at: "5:14" },
  {
    when: "the value is none of the fact's",
    match: "delta: add",
    at: "5:21",
    remedy: "did you mean added?",
  },
  { when: "a text is tested for a number", match: "line: many", at: "5:20" },
  { when: "a number is tested for a text", match: "name: 3", at: "5:20" },
  { when: "a number is none", match: "line: .nan", at: "5:20" },
  { when: "a bound is infinite", match: "line: { atLeast: .inf }", at: "5:31" },
  { when: "a text is bounded", match: "name: { atLeast: 3 }", at: "5:31" },
  { when: "a pattern tests a number", match: "line: { matches: x }", at: "5:31" },
  { when: "a pattern is none", match: "name: { matches: '(' }", at: "5:31" },
  { when: "a glob is none", match: "name: '['", at: "5:20" },
  { when: "a glob under not in a list is none", match: "name: { not: [a, '{'] }", at: "5:31" },
  {
    when: "the operator is unknown",
    match: "line: { atleast: 3 }",
    at: "5:22",
    remedy: "did you mean atLeast?",
  },
  { when: "what is never absent is absent", match: "name: null", at: "5:20" },
  { when: "a list is empty", match: "name: []", at: "5:20" },
  { when: "a map is empty", match: "name: {}", at: "5:20" },
  {
    when: "the value is like none of the fact's",
    match: "delta: other",
    at: "5:21",
    remedy: "use one of added, raised, lowered, removed",
  },
  { when: "a key under any is no fact", match: "any: [{ name: a }, { detla: x }]", at: "5:35" },
  { when: "any is no list", match: "any: { name: a }", at: "5:19" },
  { when: "any is empty", match: "any: []", at: "5:19" },
  { when: "not is no map", match: "not: name", at: "5:19" },
])("a match is refused at its place where $when", ({ match, at, remedy }) => {
  const problems = problemsOf(policyFileOf(`match: { ${match} }\neach: capabilities`));
  expect(problems.map((problem) => problem.at)).toEqual([at]);
  if (remedy !== undefined) expect(problems[0]?.remedy).toBe(remedy);
});

test.each([
  { when: "it is empty", only: "{}", names: "map", remedy: "delta" },
  { when: "it is nothing", only: "", names: "map", remedy: "delta" },
  { when: "it is a list", only: "[a]", names: "map", remedy: "delta" },
  { when: "any is empty", only: "{ any: [] }", names: "any", remedy: "any: [" },
  {
    when: "a list of facts is matched as a whole",
    only: "{ capabilities: x }",
    names: "capabilities is a list",
    remedy: "each",
  },
  {
    when: "a group of facts is matched as a whole",
    only: "{ action: x }",
    names: "action is facts",
    remedy: "action.",
  },
  {
    when: "what may be unknown is matched with null",
    only: "{ action.title: null }",
    names: "",
    remedy: "",
  },
  { when: "it names the item", only: "{ item.path: x }", names: '"item"', remedy: "under match" },
  { when: "a fact is misspelt", only: "{ action.kid: x }", names: '"kid"', remedy: "action.kind" },
])("an only is refused where $when", ({ only, names, remedy }) => {
  const [problem, ...others] = problemsOf(policyFileOf(`only: ${only}\neach: files`));
  expect(others).toEqual([]);
  expect(problem?.at).toMatch(/^5:/);
  expect(problem?.message).toContain(names);
  expect(problem?.remedy).toContain(remedy);
});

test("a match over items that names a fact of the document is told where that goes", () => {
  const [problem] = problemsOf(policyFileOf("match: { action.kind: push }\neach: capabilities"));
  expect(problem?.remedy).toContain("under only: { action.kind: … }");
});

test("a key of only is placed where it stands, not at the policy", () => {
  const problems = problemsOf(policyFileOf("each: files\nonly: { action.kid: x }"));
  expect(problems.map(({ at }) => at)).toEqual(["6:13"]);
});

test.each([
  { knows: "no author", on: { author: null }, only: "action.author.login: x" },
  { knows: "no base branch", on: { baseBranch: null }, only: "action.baseBranch: x" },
  { knows: "no draft state, negated", on: { draft: null }, only: "action.draft: { not: true }" },
])("a host that knows $knows cannot evaluate { $only }", ({ on, only }) => {
  const facts = factsOf({ action: { ...pullRequest, ...on } });
  expect(evaluatePolicy(policyOf(`only: { ${only} }`), facts).outcome).toBe("error");
});

test("a misspelt pair of names is one problem, not two", () => {
  expect(problemsOf(policyFileOf("each: files\nmatch: { path: '[' }"))).toHaveLength(1);
});
