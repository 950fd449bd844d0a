import { expect, test } from "vitest";
import { readYamlLists } from "../../../../rules/capabilities/data/yaml-lists.ts";
import { NotUnderstood } from "../../../../rules/capabilities/not-understood.ts";

function taken(text: string): string[] | string {
  const seen: string[] = [];
  const content = new TextEncoder().encode(text);
  try {
    readYamlLists(content, 1_000_000, {
      lists: ["packages"],
      take: (list, { key }) => seen.push(`${list}/${key.text}:${key.line}`),
    });
  } catch (error) {
    if (error instanceof NotUnderstood) return `${error.code}:${error.place?.line ?? "-"}`;
    throw error;
  }
  return seen;
}

test.each([
  {
    what: "entries at the top and in a list",
    text: "v: 1\n\npackages:\n\n  a:\n    x: 1\n  # c\n  b: 2\nw: 3\n",
    seen: ["/v:1", "packages/a:5", "packages/b:8", "/w:9"],
  },
  { what: "a list in braces", text: "packages: {a: 1}\n", seen: ["packages/a:1"] },
  { what: "a quoted list", text: '"packages":\n  a: 1\n', seen: ["packages/a:2"] },
  {
    what: "two documents",
    text: "---\npackages:\n  a: 1\n---\npackages:\n  a: 1\n",
    seen: ["packages/a:3", "packages/a:6"],
  },
  {
    what: "CRLF",
    text: "packages:\r\n  a: 1\r\n  b: 2\r\n",
    seen: ["packages/a:2", "packages/b:3"],
  },
  {
    what: "a text of several lines",
    text: "a: |\n  b: 1\n\n  c: 2\nd: 1\n",
    seen: ["/a:1", "/d:5"],
  },
])("what is taken of $what", ({ text, seen }) => {
  expect(taken(text)).toEqual(seen);
});

test.each([
  {
    what: "a key twice in a list",
    text: "packages:\n  a: 1\n  a: 2\n",
    refused: "duplicate-key:3",
  },
  {
    what: "a list twice",
    text: "packages:\n  a: 1\nb: 1\npackages:\n  c: 1\n",
    refused: "duplicate-key:4",
  },
  { what: "an alias", text: "a: &x 1\nb: *x\n", refused: "alias:2" },
  { what: "an explicit key", text: "? a\n: b\n", refused: "layout:1" },
  { what: "braces around all of it", text: "{a: 1,\n b: 2}\nc\n", refused: "not-yaml:3" },
  { what: "a list of items", text: "packages:\n  - a\n", refused: "layout:2" },
  { what: "a document with a value on its line", text: "--- a\n", refused: "documents:1" },
  { what: "a ninth document", text: "---\na: 1\n".repeat(9), refused: "documents:17" },
  { what: "an end marker", text: "a: 1\n...\nb: 1\n", refused: "documents:2" },
  { what: "less indentation", text: "packages:\n  a: 1\n b: 1\n", refused: "not-yaml:3" },
  {
    what: "a value far behind the name of a list",
    text: `packages:${" ".repeat(200)}[\n  a: 1\n`,
    refused: "not-yaml:3",
  },
])("refused is $what", ({ text, refused }) => {
  expect(taken(text)).toBe(refused);
});

test("entries of many parts keep their lines", () => {
  const count = 20_000;
  const text = `packages:\n${Array.from({ length: count }, (_, n) => `  k${n}: 1\n`).join("")}`;
  expect(taken(text)).toEqual(Array.from({ length: count }, (_, n) => `packages/k${n}:${n + 2}`));
});
