import { expect, test } from "vitest";
import {
  entryOf,
  type DataNode,
  type DataScalar,
} from "../../../../rules/capabilities/data/data-node.ts";
import { MAX_DEPTH } from "../../../../rules/capabilities/data/yaml-tree.ts";
import { parseYaml } from "../../../../rules/capabilities/data/yaml.ts";

const MAX_BYTES = 1024 * 1024;

function parse(text: string): DataNode {
  return parseYaml(new TextEncoder().encode(text), MAX_BYTES);
}

/** The text at `a` of a YAML map. */
function scalarOf(text: string): DataScalar {
  const root = parse(text);
  const value = root.type === "map" ? entryOf(root, "a")?.value : undefined;
  if (value?.type !== "scalar") throw new Error("no scalar");
  return value;
}

test.each([
  { what: "a plain text", text: "a: b", style: "flow" },
  { what: "a quoted text", text: 'a: "b"', style: "flow" },
  { what: "nothing", text: "a:", style: "flow" },
  { what: "nothing in braces", text: "{a}", style: "flow" },
  { what: "a literal block", text: "a: |\n  b", style: "literal" },
  { what: "a folded block", text: "a: >-\n  b", style: "folded" },
])("how $what is written is told: $style", ({ text, style }) => {
  expect(scalarOf(text).style).toBe(style);
});

test.each([
  { what: "none", text: "a: b", comment: "" },
  { what: "none behind nothing", text: "{a}", comment: "" },
  { what: "one behind it", text: "a: b #  c d \n", comment: "c d" },
  { what: "one behind the head of a block", text: "a: | # c\n  b\n", comment: "c" },
  { what: "the first of several lines", text: "a: b # c\n   # d\n", comment: "c" },
  { what: "none on its own line", text: "a: b\n# c\n", comment: "" },
  { what: "none at its key", text: "a: # c\n  b\n", comment: "" },
])("of the comments at a text the one on its last line is told: $what", ({ text, comment }) => {
  expect(scalarOf(text).comment).toBe(comment);
});

test.each([
  { what: "nodes", read: nodes(50_000), refused: nodes(50_001), code: "too-many-nodes" },
  {
    what: "characters",
    read: characters(4 * 1024 * 1024),
    refused: characters(4 * 1024 * 1024 + 1),
    code: "too-many-nodes",
  },
  { what: "depth", read: lists(MAX_DEPTH), refused: lists(MAX_DEPTH + 1), code: "too-deep" },
])("as much $what as the cap is read, with aliases written out, and no more", (given) => {
  expect(parse(given.read)).toBeDefined();
  expect(() => parse(given.refused)).toThrow(expect.objectContaining({ code: given.code }));
});

/** A map of as many nodes: itself, two keys, a list of 100, and a list of those and of single ones. */
function nodes(count: number): string {
  const [hundreds, single] = [Math.floor((count - 104) / 100), (count - 104) % 100];
  const items = `${"*a,".repeat(hundreds)}${"x,".repeat(single)}`;
  return `a: &a [${"x,".repeat(99)}]\nb: [${items}]`;
}

/** A list whose texts have as many characters. */
function characters(count: number): string {
  const length = 100_000;
  const last = "x".repeat(count % length);
  return `[&a ${"x".repeat(length)},${"*a,".repeat(Math.floor(count / length) - 1)}${last}]`;
}

/** A text in lists, as deep as that. */
function lists(depth: number): string {
  return `${"[".repeat(depth - 1)}x${"]".repeat(depth - 1)}`;
}
