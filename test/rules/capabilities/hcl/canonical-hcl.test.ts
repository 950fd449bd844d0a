import { expect, test } from "vitest";
import { canonicalHcl } from "../../../../rules/capabilities/hcl/canonical-hcl.ts";
import { expressionOf } from "./parsed.ts";

const meaning = (text: string): string => canonicalHcl(expressionOf(text));

test.each([
  ["layout and comments", "f(a,b)", "f ( # c\n a /* d */, // e\n b\n)"],
  ["a comma behind the last", "[1, 2]", "[1, 2,]"],
  ["colons", "{a = 1}", "{a : 1}"],
  ["line breaks for commas", "{a = 1, b = 2}", "{\na = 1\nb = 2\n}"],
  ["quoted keys", "{a = 1}", '{"a" = 1}'],
  ["the order of keys", "{a = 1, b = 2}", "{b = 2, a = 1}"],
  ["the order of quoted keys", '{"a.b" = 1, a = 2}', '{a = 2, "a.b" = 1}'],
  [
    "the order between keys that are not literal",
    "{(x) = 0, a = 1, b = 2}",
    "{(x) = 0, b = 2, a = 1}",
  ],
  ["a key that is set again", "{a = 1, a = 2}", "{a = 2}"],
  ["heredocs", '"a\\nb\\n"', "<<E\na\nb\nE"],
  ["indented heredocs", '"a\\n b\\n"', "<<-E\n  a\n   b\n  E"],
  ["escapes", '"A"', '"\\u0041"'],
  ["texts in texts", '"arn:aws"', '"arn:${"aws"}"'],
  ["the old form of interpolation", "a.b", '"${a.b}"'],
  ["the old forms of index and splat", "a[0].b[*].c", "a.0.b.*.c"],
  ["parentheses", "a + b", "((a) + (b))"],
  ["parentheses around what is first", "a - b - c", "(a - b) - c"],
  ["parentheses before steps", "a.b.c", "(a.b).c"],
  ["an old splat in parentheses", "(a[*].b)[0]", "a.*.b[0]"],
  ["numbers", "10", "1.0e1"],
])("equal whatever the %s", (_, one, other) => {
  expect(meaning(other)).toBe(meaning(one));
});

test.each([
  ["a text and a number", '"1"', "1"],
  ["a text and a word", '"true"', "true"],
  ["a text and a reference", '"a"', "a"],
  ["a text and an interpolation", '"$${a}b"', '"${a}b"'],
  ["a text and one behind a sign", '"$$${a}b"', '"$${a}${"b"}"'],
  ["a text and a text of a value", '"${a ~} "', '"${a}"'],
  ["an object's key and a reference", "{a = 1}", "{(a) = 1}"],
  ["the order of list items", "[1, 2]", "[2, 1]"],
  ["keys that may be the same", "{(x) = 1, a = 2}", "{a = 2, (x) = 1}"],
  ["an index and an attribute", 'a["b"]', "a.b"],
  ["an index and a text of it", 'a["0"]', "a[0]"],
  ["steps in and behind a splat", "a[*].b[0]", "(a[*].b)[0]"],
  ["old and new splats before brackets", "a[*].b[0]", "a.*.b[0]"],
  ["precedence", "(a + b) * c", "a + b * c"],
  ["what is from left to right", "a - (b - c)", "a - b - c"],
  ["a sign before a sum in parentheses", "-(a + b)", "(-a) + b"],
  ["a looser first operand in parentheses", "(a + b) * c * d", "a + b * c * d"],
  ["a sign and a difference", "f(-a)", "f(0 - a)"],
  ["branches", "a ? b : c", "a ? c : b"],
  ["a spread", "f(a...)", "f(a)"],
  ["grouping", "{for a in b : a => a}", "{for a in b : a => a...}"],
  ["a for's condition", "[for a in b : a]", "[for a in b : a if a]"],
  ["lists and objects of a for", "[for a in b : a]", "{for a in b : a => a}"],
  ["a heredoc's indentation", "<<E\n  a\nE", "<<-E\n  a\nE"],
  ["a namespace", "a::b()", "b()"],
])("not equal: %s", (_, one, other) => {
  expect(meaning(other)).not.toBe(meaning(one));
});
