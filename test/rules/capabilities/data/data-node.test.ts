import { expect, test } from "vitest";
import {
  entryOf,
  linesAt,
  type DataScalar,
} from "../../../../rules/capabilities/data/data-node.ts";
import { parseYaml } from "../../../../rules/capabilities/data/yaml.ts";

/** The text at `a` of a YAML map. */
function scalarOf(text: string): DataScalar {
  const root = parseYaml(new TextEncoder().encode(text), 1_000_000);
  const value = root.type === "map" ? entryOf(root, "a")?.value : undefined;
  if (value?.type !== "scalar") throw new Error("no scalar");
  return value;
}

test.each([
  { what: "a plain text", text: "a: one two", part: "two", lines: [1, 1] },
  {
    what: "a literal block's first line",
    text: "a: |\n  one\n  two\n",
    part: "one",
    lines: [2, 2],
  },
  { what: "a literal block's last line", text: "a: |\n  one\n  two\n", part: "two", lines: [3, 3] },
  { what: "the end of a line", text: "a: |\n  one\n  two\n", part: "\n", lines: [2, 2] },
  { what: "a line behind empty ones", text: "a: |\n\n\n  one\n", part: "one", lines: [4, 4] },
  { what: "a folded block", text: "a: >\n  one\n  two\n", part: "two", lines: [1, 3] },
  { what: "a quoted text of two lines", text: 'a: "one\n  two"\n', part: "two", lines: [1, 2] },
  {
    what: "an alias of a block",
    text: "b: &b |\n  one\n  two\na: *b\n",
    part: "two",
    lines: [4, 4],
  },
])("the lines of a part of $what", ({ text, part, lines }) => {
  const scalar = scalarOf(text);
  const { line, endLine } = linesAt(scalar, scalar.text.indexOf(part));
  expect([line, endLine]).toEqual(lines);
});

test("every place of a large block is found soon", () => {
  const count = 50_000;
  const scalar = scalarOf(`a: |\n${"  x\n".repeat(count)}`);
  const found = Array.from({ length: count }, (_, index) => linesAt(scalar, 2 * index).line);
  expect(found).toEqual(Array.from({ length: count }, (_, index) => index + 2));
});
