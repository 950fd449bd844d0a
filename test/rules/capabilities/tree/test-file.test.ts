import { expect, test } from "vitest";
import { factListOf, factsOf, type Paths } from "./tree-change.ts";

const BODY = "line of a test one\nline of a test two\nline of a test three\nline of a test four\n";
const OTHER = BODY.replaceAll("test", "thing");

test.each([
  {
    when: "it is deleted",
    base: { "a/b_test.go": BODY },
    head: {},
    seen: ["removed test file alone→-"],
  },
  {
    when: "it is emptied",
    base: { "b_test.go": BODY },
    head: { "b_test.go": "\n" },
    seen: ["removed test file alone→-"],
  },
  {
    when: "all of it becomes a comment",
    base: { "b_test.go": BODY, "c.test.ts": OTHER, "test_d.py": BODY },
    head: {
      "b_test.go": BODY.replace(/^/gm, "// "),
      "c.test.ts": `/*\n${OTHER}*/\n`,
      "test_d.py": BODY.replace(/^/gm, "# "),
    },
    seen: Array.from({ length: 3 }, () => "removed test file alone→-"),
  },
  {
    when: "a comment comes",
    base: { "b_test.go": BODY },
    head: { "b_test.go": `// one\n/* two */ ${BODY}` },
    seen: [],
  },
  {
    when: "it becomes a link",
    base: { "b_test.go": BODY },
    head: { "b_test.go": { link: "c" } },
    seen: ["removed test file alone→-"],
  },
  {
    when: "what it tests goes too",
    base: { "b_test.go": BODY, "b.go": "x" },
    head: {},
    seen: ["removed test file with-its-code→-"],
  },
  {
    when: "only a helper of tests goes too",
    base: { "b_test.go": BODY, "test/b.go": "x" },
    head: {},
    seen: ["removed test file alone→-"],
  },
  {
    when: "it moves as it is",
    base: { "b_test.go": BODY },
    head: { "a/c_test.go": BODY },
    seen: [],
  },
  {
    when: "it moves and is written anew",
    base: { "b_test.go": BODY },
    head: { "a/b_test.go": OTHER },
    seen: [],
  },
  {
    when: "it is written anew in another language",
    base: { "test_b.py": BODY },
    head: { "b.test.ts": OTHER },
    seen: [],
  },
  {
    when: "half of its lines come into another one",
    base: { "b_test.go": BODY, "c_test.go": OTHER },
    head: { "c_test.go": OTHER + BODY.slice(0, 40) },
    seen: [],
  },
  {
    when: "another one had its lines before",
    base: { "b_test.go": BODY, "c_test.go": BODY },
    head: { "c_test.go": BODY },
    seen: ["removed test file alone→-"],
  },
  {
    when: "its few lines stand in others as well",
    base: { "b_test.go": "func TestOne()\n" },
    head: { "c_test.go": "func TestOne()\nfunc TestTwo()\n" },
    seen: ["added test file -→alone", "removed test file alone→-"],
  },
  { when: "data of tests goes", base: { "testdata/b_test.go": BODY }, head: {}, seen: [] },
] as { when: string; base: Paths; head: Paths; seen: string[] }[])(
  "a test file where $when",
  ({ base, head, seen }) => {
    expect(factsOf("tree.test", base, head).sort()).toEqual(seen);
  },
);

test("very many that go are ten facts, of which the last one counts the others", () => {
  const base = Object.fromEntries(
    Array.from({ length: 25 }, (_, at) => [`t${at}_test.go`, `${at} ${BODY}`]),
  );
  const names = factListOf("tree.test", base, {}).map(({ name }) => name);
  expect(names).toHaveLength(10);
  expect(names.filter((name) => name === "test file, and 15 more")).toHaveLength(1);
});
