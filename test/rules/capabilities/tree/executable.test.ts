import { expect, test } from "vitest";
import { factsOf, type Paths } from "./tree-change.ts";

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
  { when: "plain", base: {}, head: { a: "#!" }, seen: [] },
  { when: "a link", base: {}, head: { a: { link: "b" } }, seen: [] },
] as { when: string; base: Paths; head: Paths; seen: string[] }[])(
  "a file that is $when is told rightly",
  ({ base, head, seen }) => {
    expect(factsOf("tree.executable", base, head)).toEqual(seen);
  },
);
