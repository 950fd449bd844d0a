import { expect, test } from "vitest";
import { factListOf, factsOf, type Paths } from "./tree-change.ts";

test.each([
  {
    when: "a script",
    base: {},
    head: { a: { executable: "#!" } },
    seen: ["added executable -→script"],
  },
  {
    when: "no text",
    base: {},
    head: { a: { executable: "\0" } },
    seen: ["added executable -→binary"],
  },
  {
    when: "made so",
    base: { a: "x" },
    head: { a: { executable: "x" } },
    seen: ["added executable -→script"],
  },
  {
    when: "so no more",
    base: { a: { executable: "x" } },
    head: { a: "x" },
    seen: ["removed executable script→-"],
  },
  {
    when: "a program now",
    base: { a: { executable: "x" } },
    head: { a: { executable: "\0" } },
    seen: ["raised executable script→binary"],
  },
  { when: "edited", base: { a: { executable: "x" } }, head: { a: { executable: "y" } }, seen: [] },
  { when: "moved", base: { a: { executable: "x" } }, head: { b: { executable: "x" } }, seen: [] },
  {
    when: "moved over another",
    base: { a: { executable: "x" }, b: "y" },
    head: { b: { executable: "x" } },
    seen: [],
  },
  {
    when: "gone, and another made so",
    base: { a: { executable: "x" }, b: "y" },
    head: { b: { executable: "y" } },
    seen: ["removed executable script→-", "added executable -→script"],
  },
  { when: "plain", base: {}, head: { a: "#!" }, seen: [] },
  { when: "a link", base: {}, head: { a: { link: "b" } }, seen: [] },
] as { when: string; base: Paths; head: Paths; seen: string[] }[])(
  "a file that is $when is told rightly",
  ({ base, head, seen }) => {
    expect(factsOf("tree.executable", base, head)).toEqual(seen);
  },
);

test("a file that may be started has no context, and stands in no line but its first", () => {
  expect(factListOf("tree.executable", {}, { a: { executable: "x" } })).toMatchObject([
    { context: "", line: 1, endLine: 1, certainty: "exact" },
  ]);
});
