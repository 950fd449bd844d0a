import { expect, test } from "vitest";
import { parseHcl } from "../../../../rules/capabilities/hcl/parse-hcl.ts";
import type { HclBody } from "../../../../rules/capabilities/hcl/tree.ts";
import { expressionOf, meaningOf, parsed, refusalOf } from "./parsed.ts";

function linesOf(body: HclBody): string {
  const attributes = body.attributes.map((it) => `${it.name}@${it.line}-${it.endLine}`);
  const blocks = body.blocks.map(({ type, labels, body: inner, line, endLine }) => {
    return `${[type, ...labels].join(" ")}@${line}-${endLine}{${linesOf(inner)}}`;
  });
  return [...attributes, ...blocks].join(" ");
}

test.each([
  { what: "nothing", text: "", lines: "" },
  { what: "comments alone", text: "# a\n// b\n/* c\n */", lines: "" },
  { what: "an attribute without a line break", text: "a = 1", lines: "a@1-1" },
  { what: "an attribute of several lines", text: "a = [\n1,\n2\n]\nb = 1\n", lines: "a@1-4 b@5-5" },
  { what: "an attribute with a heredoc", text: "a = <<E\nx\nE\nb = 1\n", lines: "a@1-3 b@4-4" },
  { what: "a comment of several lines", text: "/*\n*/ a = /*\n\n*/ 1\n", lines: "a@2-4" },
  { what: "CRLF", text: "# c\r\na = 1\r\n\r\nb = 2\r\n", lines: "a@2-2 b@4-4" },
  { what: "a byte order mark", text: "\uFEFFa = 1\n", lines: "a@1-1" },
  { what: "blocks in blocks", text: "b {\n\n c {\n  d = 1\n }\n}", lines: "b@1-6{c@3-5{d@4-4}}" },
  { what: "labels of both kinds", text: 'b "x y" z {\n}\n', lines: "b x y z@1-2{}" },
  { what: "an escaped label", text: 'b "$${x}\\u0041" {}\n', lines: "b ${x}A@1-1{}" },
  { what: "a block of one line", text: "b { a = 1 }\nc {}\n", lines: "b@1-1{a@1-1} c@2-2{}" },
  { what: "a comment behind a brace", text: "b { # c\n a = 1\n}", lines: "b@1-3{a@2-2}" },
  { what: "names that are keywords", text: "for = 1\nif {}\n", lines: "for@1-1 if@2-2{}" },
  { what: "names with dashes and other letters", text: "a-b = 1\né1 = 2", lines: "a-b@1-1 é1@2-2" },
])("bodies stand where the file has them: $what", ({ text, lines }) => {
  expect(linesOf(parsed(text))).toBe(lines);
});

test.each([
  ["a name alone", "\na\n", "not-hcl@2"],
  ["a colon for an equals sign", "a: 1\n", "not-hcl@1"],
  ["an attribute without a value", "a =\n", "not-hcl@1"],
  ["a quoted name", '"a" = 1\n', "not-hcl@1"],
  ["two attributes on a line", "a = 1 b = 2\n", "not-hcl@1"],
  ["two that only a comment parts", "a = 1 /*\n*/ b = 2\n", "not-hcl@2"],
  ["an attribute twice", "a = 1\nb = 1\na = 1\n", "not-hcl@3"],
  ["a block that does not end", "b {\n a = 1\n", "not-hcl@3"],
  ["a brace too many", "b {\n}\n}\n", "not-hcl@3"],
  ["a block whose brace is on the next line", "b\n{\n}\n", "not-hcl@1"],
  ["two attributes in a block of one line", "b { a = 1, c = 2 }\n", "not-hcl@1"],
  ["a block of one line that ends on the next", "b { a = 1\n}\n", "not-hcl@1"],
  ["a block in a block of one line", "b { c {} }\n", "not-hcl@1"],
  ["something behind a block", "b {} c {}\n", "not-hcl@1"],
  ["an interpolated label", 'b "${a}" {\n}\n', "not-hcl@1"],
  ["a comment that does not end", "a = 1\n/* *\n", "not-hcl@2"],
  ["a sign that HCL has not", "a = 1\nb = 'x'\n", "not-hcl@2"],
  ["a number with two points", "a = 1.2.3\n", "not-hcl@1"],
  ["a step into a fraction", "a = b.0.1\n", "not-hcl@1"],
  ["a splat in a splat's steps", "a = b.*.*\n", "not-hcl@1"],
  ["a step without a name", "a = b.\n", "not-hcl@1"],
  ["an index that does not end", "a = b[0\n", "not-hcl@2"],
  ["a splat that does not end", "a = b[*\n]\n", "not-hcl@1"],
  ["an operator on the next line", "a = 1\n+ 2\n", "not-hcl@2"],
  ["a conditional without its other half", "a = b ? c\n", "not-hcl@1"],
  ["a list without a comma", "a = [1\n2]\n", "not-hcl@2"],
  ["a call without a comma", "a = f(1 2)\n", "not-hcl@1"],
  ["something behind a spread", "a = f(b..., c)\n", "not-hcl@1"],
  ["a namespace that is not called", "a = b::c\n", "not-hcl@1"],
  ["an object's entries without a comma", "a = {b = 1 c = 2}\n", "not-hcl@1"],
  ["an object's key alone", "a = {b}\n", "not-hcl@1"],
  ["a name `for` that begins an object", "a = {for = 1}\n", "not-hcl@1"],
  ["a for without its source", "a = [for b : c]\n", "not-hcl@1"],
  ["a list's for with a key", "a = [for b in c : d => e]\n", "not-hcl@1"],
  ["an object's for without a key", "a = {for b in c : d}\n", "not-hcl@1"],
  ["a spread in a list's for", "a = [for b in c : d...]\n", "not-hcl@1"],
  ["a string that does not end", 'a = 1\nb = "x\nc = 2\n', "not-hcl@2"],
  ["an interpolation that does not end", 'a = "${b"\n', "not-hcl@1"],
  ["an escape that HCL has not", 'a = "\\x41"\n', "not-hcl@1"],
  ["an escaped half of a character", 'a = "\\ud800"\n', "not-hcl@1"],
  ["an escape beyond all characters", 'a = "\\U00110000"\n', "not-hcl@1"],
  ["a directive that HCL has not", 'a = "%{ while b }"\n', "not-hcl@1"],
  ["an if that does not end", 'a = "%{ if b }c"\n', "not-hcl@1"],
  ["an if that ends as a for", 'a = "%{ if b }c%{ endfor }"\n', "not-hcl@1"],
  ["an else in a for", 'a = "%{ for b in c }%{ else }%{ endfor }"\n', "not-hcl@1"],
  ["an end without a beginning", 'a = "%{ endif }"\n', "not-hcl@1"],
  ["a heredoc that does not end", "a = <<E\nx\n", "not-hcl@3"],
  ["a heredoc whose end has no line break", "a = <<E\nx\nE", "not-hcl@3"],
  ["something behind a heredoc", "a = <<E\nx\nE b = 1\n", "not-hcl@4"],
  ["a quoted marker", 'a = <<"E"\nx\nE\n', "not-hcl@1"],
  ["a NUL", "a = 1\n# \0\n", "ambiguous-character@2"],
  ["an escape character of terminals", 'a = "\x1b[2K"\n', "ambiguous-character@1"],
  ["a lone CR, which shows as a line break", "# c\ra = 1\n", "ambiguous-character@1"],
  ["a character with many marks", `a = "a${"\u0315\u0300".repeat(16)}"\n`, "ambiguous-character@1"],
  ["many marks by escapes", `a = "a${"\\u0315".repeat(31)}"\n`, "ambiguous-character@1"],
])("not every text is HCL: %s", (_, text, refusal) => {
  expect(refusalOf(text)).toBe(refusal);
});

test("what is not UTF-8, or larger than allowed, is refused as a whole", () => {
  expect(refusalOf(new Uint8Array([0x61, 0x3d, 0x22, 0xc0, 0x80, 0x22]))).toBe("not-utf8");
  expect(refusalOf(`# ${"x".repeat(1_000_000)}`)).toBe("too-large");
  expect(() => parseHcl(new TextEncoder().encode("a = 1\n"), 6)).not.toThrow();
});

const nests: readonly [string, (depth: number) => string][] = [
  ["lists", (depth) => `a = ${"[".repeat(depth)}1${"]".repeat(depth)}\n`],
  ["objects", (depth) => `a = ${"{b=".repeat(depth)}1${"}".repeat(depth)}\n`],
  ["parentheses", (depth) => `a = ${"(".repeat(depth)}1${")".repeat(depth)}\n`],
  ["calls", (depth) => `a = ${"f(".repeat(depth)}1${")".repeat(depth)}\n`],
  ["signs", (depth) => `a = ${"!".repeat(depth)}b\n`],
  ["indexes", (depth) => `a = ${"b[".repeat(depth)}1${"]".repeat(depth)}\n`],
  ["splats", (depth) => `a = b${"[*]".repeat(depth)}\n`],
  ["conditionals", (depth) => `a = ${"b ? c : ".repeat(depth)}d\n`],
  ["interpolations", (depth) => `a = ${'"${'.repeat(depth)}1${'}"'.repeat(depth)}\n`],
  ["directives", (depth) => `a = "${"%{if b}".repeat(depth)}${"%{endif}".repeat(depth)}"\n`],
  ["blocks", (depth) => `${"b {\n".repeat(depth)}${"}\n".repeat(depth)}`],
];

test.each(nests)("%s nest ninety deep, and no thousands deep", (_, write) => {
  expect(meaningOf(parsed(write(90)))).not.toBe("");
  expect(refusalOf(write(101))).toMatch(/^too-deep@/u);
  expect(refusalOf(write(50_000))).toMatch(/^too-deep@/u);
});

test("what does not nest may be long", () => {
  expect(refusalOf(`a = b${" + b".repeat(100_000)}\nc = d${".e".repeat(100_000)}\n`)).toBe(
    "understood",
  );
});

test("a statement inside of a resource is where it stands", () => {
  const file = parsed(`
data "aws_iam_policy" "other" {}
resource "aws_iam_policy" "deploy" {
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      "Action" : ["s3:*"],
    }]
  })
}
`);
  expect(file.blocks.map(({ type, labels }) => [type, ...labels])).toEqual([
    ["data", "aws_iam_policy", "other"],
    ["resource", "aws_iam_policy", "deploy"],
  ]);
  const string = (value: string) => ({ type: "string", value });
  const effect = { key: string("Effect"), value: string("Allow"), line: 6 };
  const action = {
    ...{ key: string("Action"), line: 7, endLine: 7 },
    value: { type: "list", items: [string("s3:*")] },
  };
  const statements = { type: "list", items: [{ type: "object", entries: [effect, action] }] };
  const document = {
    type: "object",
    entries: [{ key: string("Statement"), value: statements, line: 5 }],
  };
  expect(file.blocks[1]?.body.attributes).toMatchObject([
    { name: "policy", expression: { type: "call", args: [document] }, line: 4 },
  ]);
});

test("of two values for a key the last is the one, as in Terraform", () => {
  const object = expressionOf('{\n Effect = "Deny"\n "Effect" : "Allow"\n}');
  if (object.type !== "object") throw new Error("no object");
  expect(object.entries).toMatchObject([{ line: 3, value: { value: "Allow" } }]);
});
