import { expect, test } from "vitest";
import { policyFileOf, policyOf, problemsOf } from "../sample-evidence.ts";

interface Refused {
  readonly where: string;
  readonly when: string;
  /** Where the problem stands; a `when` begins at 5:11. */
  readonly at: string;
  /** What the message names. */
  readonly names: string;
  /** What the remedy names. */
  readonly remedy: string;
}

test.each<Refused>([
  { where: "it is a text", when: '"true"', at: "5:11", names: "JSON Logic", remedy: "action.kind" },
  {
    where: "a map has two operators",
    when: '{"!": [{"==": [1, 1], "!=": [1, 1]}]}',
    at: "5:18",
    names: "2",
    remedy: "with and",
  },
  {
    where: "an operator is misspelt",
    when: '{"fliter": [1, 1]}',
    at: "5:12",
    names: '"fliter"',
    remedy: "did you mean filter?",
  },
  {
    where: "an operator is like none",
    when: '{"!": [{"log": 1}]}',
    at: "5:19",
    names: '"log"',
    remedy: "var == ===",
  },
  {
    where: "an operator in a literal list is unknown",
    when: '{"in": [{"var": "action.kind"}, ["push", {"log": 1}]]}',
    at: "5:53",
    names: '"log"',
    remedy: "search",
  },
  {
    where: "a fact in a literal list is misspelt",
    when: '{"in": ["x", ["push", {"var": "action.tilte"}]]}',
    at: "5:41",
    names: '"tilte"',
    remedy: "action.title",
  },
  {
    where: "a fact is misspelt",
    when: '{"!": [{"var": "action.drafft"}]}',
    at: "5:26",
    names: '"drafft"',
    remedy: "action.draft",
  },
  {
    where: "a fact among other operands is misspelt",
    when: '{"and": [true, {"!": [{"var": "action.drafft"}]}]}',
    at: "5:41",
    names: '"drafft"',
    remedy: "action.draft",
  },
  {
    where: "a var has a default",
    when: '{"var": ["action.title", "x"]}',
    at: "5:19",
    names: "var",
    remedy: "{ var:",
  },
  {
    where: "a var names a group",
    when: '{"!!": [{"var": "repository"}]}',
    at: "5:27",
    names: "repository",
    remedy: "host, id, name",
  },
  {
    where: "an operator of two has one operand",
    when: '{"==": [{"var": "action.kind"}]}',
    at: "5:18",
    names: "== takes 2 operands, here it has 1",
    remedy: "jsonlogic.com",
  },
  {
    where: "an operator of two or three has one operand",
    when: '{"<": [1]}',
    at: "5:17",
    names: "2 to 3",
    remedy: "jsonlogic.com",
  },
  {
    where: "an if has nothing to give",
    when: '{"if": [true]}',
    at: "5:18",
    names: "2 to 100",
    remedy: "jsonlogic.com",
  },
  {
    where: "a null is compared with a number",
    when: '{"<": [null, 5]}',
    at: "5:18",
    names: "null is no number",
    remedy: "the number",
  },
  {
    where: "an and under a number hands on a null",
    when: '{"<": [{"and": [true, null]}, 5]}',
    at: "5:33",
    names: "null is no number",
    remedy: "the number",
  },
  {
    where: "an if under a number has no else",
    when: '{"<": [1, {"if": [{"var": "action.draft"}, 9]}]}',
    at: "5:28",
    names: "else",
    remedy: "add the number",
  },
  {
    where: "some walks a text",
    when: '{"some": [{"var": "action.title"}, true]}',
    at: "5:21",
    names: "some",
    remedy: "change.files",
  },
  {
    where: "some walks a number",
    when: '{"some": [1, true]}',
    at: "5:21",
    names: "some",
    remedy: "change.files",
  },
  {
    where: "the list that some walks is filtered by a misspelt fact",
    when: '{"some": [{"filter": [{"var": "capabilities"}, {"var": "nam"}]}, true]}',
    at: "5:66",
    names: '"nam"',
    remedy: "did you mean name?",
  },
  {
    where: "the body of some has a misspelt fact",
    when: '{"some": [{"var": "capabilities"}, {"var": "nam"}]}',
    at: "5:54",
    names: '"nam"',
    remedy: "did you mean name?",
  },
  {
    where: "the body of some leaves the element",
    when: '{"some": [{"var": "capabilities"}, {"==": [{"var": "action.kind"}, "push"]}]}',
    at: "5:62",
    names: '"action"',
    remedy: "element of capabilities: test action.kind outside",
  },
  {
    where: "the body of some leaves the element of a literal list",
    when: '{"some": [[1, 2], {"==": [{"var": "action.kind"}, "push"]}]}',
    at: "5:45",
    names: '"action"',
    remedy: "a literal list",
  },
  {
    where: "reduce starts from no number",
    when: '{"reduce": [{"var": "capabilities"}, true, "x"]}',
    at: "5:54",
    names: "reduce",
    remedy: "0",
  },
  {
    where: "a list is compared as a whole",
    when: '{"==": ["hotfix", {"var": "action.labels"}]}',
    at: "5:29",
    names: "action.labels",
    remedy: "some",
  },
  {
    where: "a text is compared with a number",
    when: '{"<": [3, {"var": "action.title"}]}',
    at: "5:21",
    names: "action.title is a text and no number",
    remedy: "< takes numbers",
  },
  {
    where: "a literal text is compared with a number",
    when: '{"<": [{"var": "change.filesCount"}, "3OO"]}',
    at: "5:48",
    names: 'this is "3OO" and no number',
    remedy: "< takes numbers",
  },
  {
    where: "a time is compared with a number",
    when: '{"<": [{"var": "action.at"}, 2026]}',
    at: "5:40",
    names: "this is 2026 and no time",
    remedy: "with times",
  },
  {
    where: "in matches part of a text",
    when: '{"in": ["x", {"var": "action.title"}]}',
    at: "5:24",
    names: "list",
    remedy: "search",
  },
  {
    where: "a text is sought among facts",
    when: '{"in": ["src/a.ts", {"var": "change.files"}]}',
    at: "5:18",
    names: "in",
    remedy: "walk the list",
  },
  {
    where: "a number is sought among texts",
    when: '{"in": [3, {"var": "action.labels"}]}',
    at: "5:19",
    names: "a text, never 3",
    remedy: "compare it with a text",
  },
  {
    where: "a member is none of the fact's",
    when: '{"in": [{"var": "action.kind"}, ["push", "merge_grp"]]}',
    at: "5:52",
    names: '"merge_grp"',
    remedy: "did you mean merge_group?",
  },
  {
    where: "the value is none of the fact's",
    when: '{"==": [{"var": "action.kind"}, "pull-request"]}',
    at: "5:43",
    names: '"pull-request"',
    remedy: "did you mean pull_request?",
  },
  {
    where: "a list is compared with a number",
    when: '{"==": [{"var": "change.files"}, 1]}',
    at: "5:19",
    names: "change.files",
    remedy: "some",
  },
  {
    where: "a number is compared with one of some texts",
    when: '{"==": [3, {"var": "action.kind"}]}',
    at: "5:19",
    names: "never 3",
    remedy: "compare it with one of pull_request",
  },
  {
    where: "a text is compared with a number's fact",
    when: '{"===": [{"var": "action.number"}, "42"]}',
    at: "5:46",
    names: 'never "42"',
    remedy: "compare it with a number",
  },
  {
    where: "a glob is computed",
    when: '{"path": [{"var": "action.title"}, {"var": "action.kind"}]}',
    at: "5:46",
    names: "path takes a literal glob",
    remedy: "text",
  },
  {
    where: "a pattern is computed",
    when: '{"search": [{"var": "action.title"}, {"var": "action.kind"}]}',
    at: "5:48",
    names: "search takes a literal pattern",
    remedy: "text",
  },
  {
    where: "a pattern is none",
    when: '{"search": [{"var": "action.title"}, "("]}',
    at: "5:48",
    names: '"("',
    remedy: "RE2",
  },
])(
  "a when is refused at its place, with what to do, where $where",
  ({ when, at, names, remedy }) => {
    const [problem, ...others] = problemsOf(policyFileOf(`when: ${when}`));
    expect(others).toEqual([]);
    expect(problem?.at).toBe(at);
    expect(problem?.message).toContain(names);
    expect(problem?.remedy).toContain(remedy);
  },
);

test.each(["!=", "!=="])("a value that a fact can never be is refused under %s", (name) => {
  const [problem] = problemsOf(policyFileOf(`when: {"${name}": [{"var": "action.kind"}, "psh"]}`));
  expect(problem?.remedy).toBe("did you mean push?");
});

test.each(["<", "<=", ">", ">=", "+", "-", "*", "/", "%", "min", "max"])(
  "a text is refused under %s",
  (name) => {
    const problems = problemsOf(policyFileOf(`when: {"${name}": [1, {"var": "action.title"}]}`));
    expect(problems.map(({ remedy }) => remedy)).toEqual([`${name} takes numbers`]);
  },
);

test("what is read of the elements of a list is named by its list", () => {
  const some = '{"some": [{"var": "capabilities"}, {"==": [{"var": "after"}, "write"]}]}';
  expect(policyOf(`when: ${some}`).reads).toEqual(["capabilities", "capabilities[].after"]);
});

test("an item is not offered to a when that walks no list", () => {
  const [problem] = problemsOf(policyFileOf('when: {"!": [{"var": "itm"}]}'));
  expect(problem?.remedy).toMatch(/^name one of schema, action/);
  expect(problem?.remedy).not.toContain("item");
});
