import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalExpression } from "../../../../rules/capabilities/github-expression/canonical-expression.ts";
import { anyExpression, respelt } from "./expressions.ts";

test.each([
  { spelling: " GitHub . Event.Issue['Title'] ", canonical: "github.event.issue.title" },
  { spelling: "github.event.commits[0].message", canonical: "github.event.commits['0'].message" },
  { spelling: "github.event.commits[*].message", canonical: "github.event.commits.*.message" },
  { spelling: "a['b c']['it''s']", canonical: "a['b c']['it''s']" },
  { spelling: "a[B.c]", canonical: "a[b.c]" },
  { spelling: "((a) && (b)) && c", canonical: "a && b && c" },
  { spelling: "a || (b || c)", canonical: "a || b || c" },
  { spelling: "a && b || c", canonical: "(a && b) || c" },
  { spelling: "(a || b) && c", canonical: "(a || b) && c" },
  { spelling: "a == (b != c)", canonical: "a == (b != c)" },
  { spelling: "a == b != c", canonical: "(a == b) != c" },
  { spelling: "!(a)", canonical: "!a" },
  { spelling: "!(a || b)", canonical: "!(a || b)" },
  { spelling: "(!a) && b", canonical: "!a && b" },
  { spelling: "(a || b).c", canonical: "(a || b).c" },
  { spelling: "FORMAT( '{0}' ,a)", canonical: "format('{0}', a)" },
  { spelling: "fromJSON(a).B", canonical: "fromjson(a).b" },
  { spelling: "0x10 == 16.0", canonical: "16 == 16" },
  { spelling: "true && false && null", canonical: "true && false && null" },
  { spelling: "a.true", canonical: "a.true" },
  { spelling: "env.Path", canonical: "env.Path" },
  { spelling: "env['Path']", canonical: "env.Path" },
  { spelling: "env(a).Path", canonical: "env(a).path" },
  { spelling: "later(a, b)", canonical: "later(a, b)" },
])("$spelling is $canonical", ({ spelling, canonical }) => {
  expect(canonicalExpression(spelling)).toBe(canonical);
});

test.each([
  ["a && b || c", "a && (b || c)"],
  ["'a'", "'A'"],
  ["'it''s'", "'its'"],
  ["'a''b''c'", "'a''b''''c'"],
  ["a.b", "a.*"],
  ["a['*']", "a.*"],
  ["a[b]", "a['b']"],
  ["env.a", "env.A"],
  ["'1'", "1"],
  ["!a", "a"],
])("%s and %s differ", (left, right) => {
  expect(canonicalExpression(left)).not.toBe(canonicalExpression(right));
});

test.each([" a b ", "a &&", "", "contains(a)", "${{ a }}", "'a"])("%j is left as it is", (text) => {
  expect(canonicalExpression(text)).toBe(text.trim());
});

test("a canonical expression is its own canonical spelling", () => {
  fc.assert(
    fc.property(anyExpression, (text) => {
      const canonical = canonicalExpression(text);
      expect(canonicalExpression(canonical)).toBe(canonical);
    }),
  );
});

test("white space, letters of names and brackets make no difference", () => {
  fc.assert(
    fc.property(anyExpression, fc.nat(), (text, seed) => {
      expect(canonicalExpression(respelt(text, seed))).toBe(canonicalExpression(text));
    }),
  );
});
