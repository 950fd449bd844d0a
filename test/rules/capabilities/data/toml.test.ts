import { expect, test } from "vitest";
import { parseToml } from "../../../../rules/capabilities/data/toml.ts";
import { NotUnderstood } from "../../../../rules/capabilities/not-understood.ts";
import { outline } from "./outline.ts";
import { refusalOf } from "./refusal.ts";

function parse(text: string) {
  return parseToml(new TextEncoder().encode(text), 1024 * 1024);
}

test.each([
  { what: "keys", text: "a = 1\n\"b\" = 'c'\n", tree: "{a@1:1=1@1:5 b@2:1=c@2:7}@1-2" },
  {
    what: "a table",
    text: "[t]\na = true\n\n[t.u]\nb = 1",
    tree: "{t@1:2={a@2:1=true@2:5 u@4:4={b@5:1=1@5:5}@4-5}@1-5}@1-5",
  },
  {
    what: "a table in parts",
    text: "[t.u]\na = 1\n[v]\n[t]\nb = 2",
    tree: "{t@1:2={u@1:4={a@2:1=1@2:5}@1-2 b@5:1=2@5:5}@1-5 v@3:2={}@3-3}@1-5",
  },
  {
    what: "dotted keys",
    text: "a.b = 1\na.c = 2",
    tree: "{a@1:1={b@1:3=1@1:7 c@2:3=2@2:7}@1-2}@1-2",
  },
  {
    what: "tables in braces and lists",
    text: "a = { b = [\n1, 2] }",
    tree: "{a@1:1={b@1:7=[1@2:1 2@2:4]@1-2}@1-2}@1-2",
  },
  {
    what: "an array of tables",
    text: "[[a]]\nb = 1\n[[a]]\n[a.c]\nd = 2",
    tree: "{a@1:3=[{b@2:1=1@2:5}@1-2 {c@4:4={d@5:1=2@5:5}@4-5}@3-5]@1-5}@1-5",
  },
])("places are those of the file: $what", ({ text, tree }) => {
  expect(outline(parse(text))).toBe(tree);
});

test.each([
  ['"true"', "string", "true"],
  ['"""\na\nb"""', "string", "a\nb"],
  ["'\\u0061'", "string", "\\u0061"],
  ['"\\u0061"', "string", "a"],
  ["false", "boolean", "false"],
  ["0x1F", "number", "0x1F"],
  ["1979-05-27", "string", "1979-05-27"],
])("%j is a %s", (written, resolved, text) => {
  expect(parse(`a = ${written}`)).toMatchObject({ entries: [{ value: { resolved, text } }] });
});

test.each(["\u0085", "\u0096", "\u2028", "\u2029", "\uFEFF"])(
  "what TOML allows in strings and comments is read there, and ends no line: %j",
  (sign) => {
    const root = parse(`a = "${sign}" # ${sign}b = 1\nc = 2`);
    expect(outline(root)).toBe(`{a@1:1=${sign}@1:5 c@2:1=2@2:5}@1-2`);
    expect(refusalOf(() => parse(`a = 1\n${sign}b = 1`))).toBe("not-toml:2");
  },
);

test.each([
  { what: "a key without a value", text: "a = 1\nb", refused: "not-toml:2" },
  { what: "one key twice", text: "a = 1\na = 2", refused: "not-toml:2" },
  { what: "one key in two spellings", text: "a = 1\n'a' = 2", refused: "not-toml:2" },
  { what: "a table twice", text: "[a]\n[a]", refused: "not-toml:2" },
  { what: "a table that is a value", text: "a = 1\n[a]", refused: "not-toml:2" },
  { what: "a table that is in braces", text: "a = {}\n[a.b]", refused: "not-toml:2" },
  { what: "DEL", text: 'a = "\u007F"', refused: "ambiguous-character:1" },
  { what: "a lone carriage return", text: "a = 1 # b\rc = 2", refused: "ambiguous-character:1" },
  { what: "lists as deep as the cap", text: `a = ${nested(99)}`, refused: "understood" },
  { what: "lists one deeper", text: `a = ${nested(100)}`, refused: "too-deep:-" },
  { what: "lists deeper than a stack", text: `a = ${nested(20_000)}`, refused: "too-deep:-" },
  { what: "lists without an end", text: `a = ${"[".repeat(200_000)}`, refused: "not-toml:1" },
  { what: "a key of too many parts", text: `${"a.".repeat(100)}a = 1`, refused: "too-deep:-" },
  { what: "braces that nest too deep", text: `a = ${"{a=".repeat(100)}1`, refused: "not-toml:1" },
])("$what comes out as $refused", ({ text, refused }) => {
  expect(refusalOf(() => parse(text))).toBe(refused);
});

test("a refusal never quotes the file", () => {
  for (const text of ["SECRET = 1\nSECRET = 2", "a = SECRET", "SECRET"]) {
    expect(() => parse(text)).toThrow(NotUnderstood);
    expect(() => parse(text)).not.toThrow(/SECRET/);
  }
});

function nested(depth: number): string {
  return `${"[".repeat(depth)}${"]".repeat(depth)}`;
}
