import { existsSync, readFileSync } from "node:fs";
import jsonLogic from "json-logic-js";
import { expect, test } from "vitest";
import { evaluatePolicy } from "../../../rules/policy/evaluate.ts";
import {
  bo,
  factsOf,
  policyFileOf,
  policyOf,
  problemsOf,
  pullRequest,
  review,
  someCapability,
  someFile,
} from "../sample-evidence.ts";

const facts = factsOf({ capabilities: [someCapability], reviews: [review(bo)] }, [
  someFile,
  { ...someFile, path: "test/a.ts" },
]);

test.each([
  { when: '{"==": [{"var": "action.kind"}, "pull_request"]}', fires: true },
  { when: '{"==": [{"var": ["action.kind"]}, "push"]}', fires: false },
  { when: '{"!": [{"var": "action.draft"}]}', fires: true },
  { when: '{"and": [true, {"or": [false, {"!!": [{"var": "action.number"}]}]}]}', fires: true },
  { when: '{"<": [0, {"var": "change.filesCount"}, 3]}', fires: true },
  { when: '{">=": [{"-": [{"var": "change.filesCount"}, 1]}, 2]}', fires: false },
  { when: '{"in": [{"var": "action.kind"}, ["push", "pull_request"]]}', fires: true },
  { when: '{"in": ["hotfix", {"var": "action.labels"}]}', fires: false },
  { when: '{"if": [{"var": "action.draft"}, true, false]}', fires: false },
  { when: '{"some": [{"var": "capabilities"}, {"==": [{"var": "after"}, "write"]}]}', fires: true },
  {
    when: '{"all": [{"var": "change.files"}, {"path": [{"var": "path"}, "src/**"]}]}',
    fires: false,
  },
  {
    when: '{"none": [{"var": "change.files"}, {"path": [{"var": "path"}, "docs/**"]}]}',
    fires: true,
  },
  {
    when: '{"filter": [{"var": "change.files"}, {"search": [{"var": "path"}, "^doc"]}]}',
    fires: false,
  },
  {
    when: '{"in": ["src/a.ts", {"map": [{"var": "change.files"}, {"var": "path"}]}]}',
    fires: true,
  },
  {
    when: '{"==": [2, {"reduce": [{"var": "change.files"}, {"+": [{"var": "accumulator"}, 1]}, 0]}]}',
    fires: true,
  },
  {
    when: '{"some": [{"var": "reviews"}, {"some": [{"var": "via"}, {"==": [{"var": ""}, "role:write"]}]}]}',
    fires: true,
  },
  { when: '{"some": [{"var": "reviews"}, {"name": [{"var": "actor.login"}, "b*"]}]}', fires: true },
  { when: "true", fires: true },
  { when: "false", fires: false },
])("when $when", ({ when, fires }) => {
  expect(evaluatePolicy(policyOf(`when: ${when}`), facts).outcome).toBe(fires ? "fail" : "pass");
});

test("a when with each sees the item beside the facts", () => {
  const policy = policyOf('each: files\nwhen: {"path": [{"var": "item.path"}, "test/**"]}');
  expect(evaluatePolicy(policy, facts).reasons.map(({ path }) => path)).toEqual(["test/a.ts"]);
});

test.each([
  { trap: "a typo under ! would be true", when: '{"!": [{"var": "action.drafft"}]}' },
  { trap: "log writes to stdout", when: '{"log": "x"}' },
  { trap: "missing counts as small", when: '{"<": [{"missing": ["x"]}, 5]}' },
  { trap: "a method would be called", when: '{"method": [{"var": "action.title"}, "x"]}' },
  { trap: "a dotted operator reaches inside others", when: '{"cat.constructor": "x"}' },
  { trap: "an inherited name is an operator", when: '{"constructor": "x"}' },
  { trap: "our own wrapper is used", when: '{"known": [1, "x"]}' },
  { trap: "in matches part of a text", when: '{"in": ["x", {"var": "action.title"}]}' },
  { trap: "in matches part of a literal", when: '{"in": [{"var": "action.kind"}, "push"]}' },
  {
    trap: "outer facts vanish inside some",
    when: '{"some": [{"var": "capabilities"}, {"==": [{"var": "action.kind"}, "push"]}]}',
  },
  {
    trap: "an element's fact is misspelt",
    when: '{"some": [{"var": "capabilities"}, {"var": "nam"}]}',
  },
  {
    trap: "an element of facts is no value",
    when: '{"some": [{"var": "capabilities"}, {"var": ""}]}',
  },
  { trap: "a var is computed", when: '{"var": {"var": "action.title"}}' },
  { trap: "a var has a default", when: '{"var": ["action.title", "x"]}' },
  { trap: "a var names a group", when: '{"!!": [{"var": "action"}]}' },
  { trap: "a var names everything", when: '{"!!": [{"var": ""}]}' },
  { trap: "a var names the prototype", when: '{"var": "action.__proto__"}' },
  { trap: "there is no item without each", when: '{"var": "item.path"}' },
  {
    trap: "the value is none of the fact's",
    when: '{"==": [{"var": "action.kind"}, "pull-request"]}',
  },
  { trap: "the value is of another type", when: '{"===": ["42", {"var": "action.number"}]}' },
  { trap: "a member is none of the fact's", when: '{"in": [{"var": "action.kind"}, ["psh"]]}' },
  { trap: "a text is compared as a number", when: '{"<": [{"var": "action.title"}, 3]}' },
  { trap: "some walks no list", when: '{"some": [{"var": "action.title"}, true]}' },
  { trap: "operands are missing", when: '{"==": [{"var": "action.kind"}]}' },
  { trap: "operands are too many", when: '{"!": [true, false]}' },
  { trap: "a map has two operators", when: '{"==": [1, 1], "!=": [1, 1]}' },
  { trap: "a map has no operator", when: "{}" },
  {
    trap: "a glob is computed",
    when: '{"path": [{"var": "action.title"}, {"var": "action.kind"}]}',
  },
  { trap: "a glob is none", when: '{"name": [{"var": "action.title"}, "["]}' },
  {
    trap: "reduce starts from no number",
    when: '{"reduce": [{"var": "capabilities"}, true, "x"]}',
  },
  { trap: "it is a text", when: '"true"' },
  { trap: "it is a number", when: "1" },
  { trap: "it is nothing", when: "" },
])("a when is refused where $trap", ({ when }) => {
  expect(problemsOf(policyFileOf(`when: ${when}`))).toHaveLength(1);
});

test.each([
  {
    what: "an absent number under <",
    when: '{"<": [{"var": "action.number"}, 5]}',
    outcome: "error",
  },
  {
    what: "an absent number behind a guard",
    when: '{"and": [{"!==": [{"var": "action.number"}, null]}, {"<": [{"var": "action.number"}, 5]}]}',
    outcome: "pass",
  },
  {
    what: "an unknown text under ==",
    when: '{"==": [{"var": "action.title"}, "x"]}',
    outcome: "error",
  },
  { what: "an unknown text under !", when: '{"!": [{"var": "action.title"}]}', outcome: "error" },
  {
    what: "an unknown text that is not reached",
    when: '{"and": [{"==": [{"var": "action.kind"}, "push"]}, {"var": "action.title"}]}',
    outcome: "pass",
  },
  { what: "an unknown list", when: '{"none": [{"var": "statuses"}, true]}', outcome: "error" },
  {
    what: "an unknown fact of an element",
    when: '{"some": [{"var": "change.files"}, {"var": "binary"}]}',
    outcome: "error",
  },
])("$what gives $outcome", ({ when, outcome }) => {
  const unknown = { ...facts, action: { ...pullRequest, number: null, title: null } };
  expect(evaluatePolicy(policyOf(`when: ${when}`), unknown).outcome).toBe(outcome);
});

const suites = "../shared/vectors/json-logic/suites";
const haveSuites = existsSync(suites);

/** The suites of json-logic-js itself; the others describe extensions that it does not claim. */
test.skipIf(!haveSuites)(
  "the engine gives what the published suite expects (skipped without it)",
  () => {
    const cases = JSON.parse(readFileSync(`${suites}/compatible.json`, "utf8")) as unknown[];
    const tests = cases.filter((one) => typeof one === "object") as SuiteTest[];
    expect(tests.length).toBeGreaterThan(100);
    const wrong = tests.filter(
      ({ rule, data, result }) =>
        JSON.stringify(jsonLogic.apply(rule as never, data)) !== JSON.stringify(result),
    );
    expect(wrong).toEqual([]);
  },
);

interface SuiteTest {
  readonly rule: unknown;
  readonly data: unknown;
  readonly result: unknown;
}
