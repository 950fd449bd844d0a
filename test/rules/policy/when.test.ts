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
  { when: '{"<": [{"var": "action.at"}, "2026-02-01T00:00:00Z"]}', fires: true },
  { when: '{"some": [{"var": "reviews"}, {">": [{"var": "at"}, "2027"]}]}', fires: false },
  { when: '{"<": [{"if": [true, 1, 2]}, {"var": "change.filesCount"}]}', fires: true },
  { when: '{"path": ["src/a.ts", "src/*"]}', fires: true },
  { when: '{"search": ["src/a.ts", "^test"]}', fires: false },
  { when: "true", fires: true },
  { when: "false", fires: false },
])("when $when", ({ when, fires }) => {
  expect(evaluatePolicy(policyOf(`when: ${when}`), facts).outcome).toBe(fires ? "fail" : "pass");
});

test("a when with each sees the item beside the facts", () => {
  const policy = policyOf('each: files\nwhen: {"path": [{"var": "item.path"}, "test/**"]}');
  expect(evaluatePolicy(policy, facts).reasons.map(({ path }) => path)).toEqual(["test/a.ts"]);
});

const timeAndCount = '{"<": [{"var": "action.at"}, {"var": "change.filesCount"}]}';

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
  {
    trap: "a number is compared with a text",
    when: '{"<": ["3OO", {"var": "change.filesCount"}]}',
  },
  { trap: "a number is compared with a flag", when: '{">": [{"var": "change.filesCount"}, true]}' },
  { trap: "a time is compared with a number", when: '{"<": [{"var": "action.at"}, 2026]}' },
  { trap: "a time is compared with a count", when: timeAndCount },
  {
    trap: "an if under a number has no else",
    when: '{"<": [{"if": [{"var": "action.draft"}, 9]}, 5]}',
  },
  { trap: "a time is turned into a number", when: '{"<": [{"-": [{"var": "action.at"}]}, 5]}' },
  { trap: "a list is compared as a whole", when: '{"==": [{"var": "action.labels"}, ["hotfix"]]}' },
  { trap: "a list is compared with nothing", when: '{"===": [[], {"var": "action.labels"}]}' },
  { trap: "a list is sought in a list", when: '{"in": [["hotfix"], {"var": "action.labels"}]}' },
  { trap: "a text is sought among facts", when: '{"in": ["src/a.ts", {"var": "change.files"}]}' },
  { trap: "a number is sought among texts", when: '{"in": [3, {"var": "action.labels"}]}' },
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
    what: "an absent number that an if hands on",
    when: '{"<": [{"if": [true, {"var": "action.number"}, 0]}, 5]}',
    outcome: "error",
  },
  {
    what: "an absent number that an and hands on",
    when: '{"<": [{"and": [true, {"var": "action.number"}]}, 5]}',
    outcome: "error",
  },
  {
    what: "an absent number that an or hands on",
    when: '{"<": [{"or": [false, {"var": "action.number"}]}, 5]}',
    outcome: "error",
  },
  {
    what: "an absent number that an or has something else for",
    when: '{"<": [{"or": [{"var": "action.number"}, 9]}, 5]}',
    outcome: "pass",
  },
  {
    what: "an absent number that an if asks about",
    when: '{"<": [{"if": [{"var": "action.number"}, 1, 9]}, 5]}',
    outcome: "pass",
  },
  {
    what: "an absent number that ! turns into a truth",
    when: '{"<": [{"!": [{"var": "action.number"}]}, 5]}',
    outcome: "fail",
  },
  {
    what: "an absent number that a reduce would give",
    when: '{"<": [{"reduce": [{"var": "completeness.unread"}, {"var": "current.line"}, 0]}, 5]}',
    outcome: "error",
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
  const action = { ...pullRequest, number: null, title: null };
  const unread = [{ path: "x", side: "head", claim: "grants", why: "", line: null }] as const;
  const completeness = { relevant: 1, read: 0, unread };
  const unknown = { ...facts, action, completeness };
  expect(evaluatePolicy(policyOf(`when: ${when}`), unknown).outcome).toBe(outcome);
});

test.each([
  {
    what: "is absent where it is asked for",
    when: '{"===": [{"var": "item.baseSize"}, null]}',
    outcome: "fail",
  },
  { what: "is not taken for 0", when: '{"<": [{"var": "item.baseSize"}, 5]}', outcome: "error" },
])("the size of a file that was not there $what", ({ when, outcome }) => {
  const added = { ...someFile, baseMode: null, baseSize: null };
  const policy = policyOf(`each: files\nwhen: ${when}`);
  expect(evaluatePolicy(policy, factsOf({}, [added])).outcome).toBe(outcome);
});
