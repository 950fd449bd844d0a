import { expect, test } from "vitest";
import { canonicalHcl } from "../../../../rules/capabilities/hcl/canonical-hcl.ts";
import { expressionOf } from "./parsed.ts";

test.each([
  ["a number", "1.50", "1.5"],
  ["a number with an exponent", "25E-1", "2.5"],
  ["a small number", "0.001", "0.001"],
  ["a number as zeros", "00.0", "0"],
  ["a huge number", "1e30", "1e30"],
  ["a tiny number", "1e-30", "1e-30"],
  ["words", "[true, false, null]", "[true,false,null]"],
  ["an empty list", "[ /* none */ ]", "[]"],
  ["an empty object", "{\n\n}", "{}"],
  ["an object", '{ b = 1, "a" : 2 }', '{"a"=2,"b"=1}'],
  ["an object's keys of other kinds", "{ 1 = a, true = b, null = c }", '{"1"=a,"null"=c,"true"=b}'],
  ["an object's keys that are no names", "{ (a) = 1\n a.b = 2 }", "{(a)=1,(a.b)=2}"],
  ["a key in a string that means its value", '{ "${a}" = 1 }', "{(a)=1}"],
  ["a key that is a text in parentheses", '{ ("a") = 1 }', '{"a"=1}'],
  ["a key that is called", "{ f(a) = 1 }", "{(f(a))=1}"],
  ["a call", "f(\n a,\n b,\n)", "f(a,b)"],
  ["a call with a space and a spread", "f (a...)", "f(a...)"],
  ["a call of a provider's function", "provider::aws::f()", "provider::aws::f()"],
  ["a reference", 'data.a["b"].c[0].d', 'data.a["b"].c[0].d'],
  ["an index in the old form", "a.0.b", "a[0].b"],
  ["an index that is an expression", "a[b.c].d", "a[b.c].d"],
  ["a splat", "a[*].b[0].c", "a[*].b[0].c"],
  ["a splat in the old form", "a.*.b.0.c", "a[*].b[0].c"],
  ["an old splat takes no brackets with it", "a.*.b[0].c", "(a[*].b)[0].c"],
  ["a splat in a splat", "a[*].b.*.c[0]", "a([*].b[*].c)[0]"],
  ["steps into a call", "f(a).b[0]", "f(a).b[0]"],
  ["steps into a list", "[a, b][0]", "([a,b])[0]"],
  ["steps into a text", '"a".b', '("a").b'],
  ["steps into a word", "true.b", "(true).b"],
  ["precedence", "a || b && c == d + e * -f", "(a||(b&&(c==(d+(e*(-f))))))"],
  ["what is from left to right", "a - b - c * d / e", "(a-b-(c*d/e))"],
  ["a looser operator behind tighter ones", "a * b + c == d", "(((a*b)+c)==d)"],
  ["all operators", "!(a <= b) != (c >= d) == (e < f % g)", "((!(a<=b))!=(c>=d)==(e<(f%g)))"],
  ["parentheses that matter", "(a + b) * c", "((a+b)*c)"],
  ["parentheses over lines", "(\n a\n +\n b\n)", "(a+b)"],
  ["a sign before a value with steps", "-a.b", "(-a.b)"],
  ["a conditional", "a ? b : c ? d : e", "(a?b:(c?d:e))"],
  ["a for that makes a list", "[for a in b : a if a]", "[for a in b:a if a]"],
  ["a for over lines", "[\n for k, v in b :\n v\n]", "[for k,v in b:v]"],
  ["a for that makes an object", "{\n for k, v in b : k => v...\n}", "{for k,v in b:k=>v...}"],
  ["names that are keywords elsewhere", "for.in[if]", "for.in[if]"],
])("an expression is read as it takes effect: %s", (_, text, meaning) => {
  expect(canonicalHcl(expressionOf(text))).toBe(meaning);
});

test.each([
  ["a list", "[\n 1,\n 2\n]", [1, 4]],
  ["an object", "{\n a = 1\n}", [1, 3]],
  ["a call", "f(\n 1)", [1, 2]],
  ["a conditional", "(a\n ? b\n : c)", [1, 3]],
  ["an operation", "(a +\n b)", [1, 2]],
  ["a for", "[for a in b :\n a]", [1, 2]],
  ["a reference", "(\n\n a.b)", [3, 3]],
  ["a heredoc", "<<E\n a\n b\nE", [1, 4]],
  ["a heredoc with an interpolation", "<<E\n a\n ${b}\nE", [1, 4]],
])("an expression has its lines: %s", (_, text, [line, endLine]) => {
  expect(expressionOf(text)).toMatchObject({ line, endLine });
});

test("each item of a list, entry of an object and part of a text has its lines", () => {
  expect(expressionOf("[\n 1,\n\n f(\n a\n )\n]")).toMatchObject({
    items: [{ line: 2 }, { line: 4, endLine: 6, args: [{ line: 5 }] }],
  });
  expect(expressionOf("{\n a = 1\n\n b = [\n ]\n}")).toMatchObject({
    entries: [{ line: 2 }, { line: 4, endLine: 5, key: { line: 4 } }],
  });
  expect(expressionOf("<<E\na\nb${\nc\n}d\ne\nE")).toMatchObject({
    parts: [
      { line: 2, endLine: 3, textLine: 2 },
      { line: 4 },
      { line: 5, endLine: 6, textLine: 5 },
    ],
  });
});
