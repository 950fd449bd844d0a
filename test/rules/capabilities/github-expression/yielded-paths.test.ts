import fc from "fast-check";
import { expect, test } from "vitest";
import { parseExpression } from "../../../../rules/capabilities/github-expression/parse-expression.ts";
import {
  showPath,
  yieldedPathsIn,
} from "../../../../rules/capabilities/github-expression/yielded-paths.ts";

test.each([
  { expression: "github.Event.Issue['Title']", paths: ["github.event.issue.title"] },
  { expression: "github.event.commits.*.message", paths: ["github.event.commits.*.message"] },
  { expression: "github.event[inputs.x].body", paths: ["github.event.*.body"] },
  { expression: "github", paths: ["github"] },
  { expression: "env.A", paths: ["env.A"] },
  { expression: "'github.head_ref'", paths: [] },
  { expression: "a.b == 'x'", paths: [] },
  { expression: "!a.b", paths: [] },
  { expression: "a.b && c.d && e.f", paths: ["e.f"] },
  { expression: "a.b && 'x' || c.d", paths: ["c.d"] },
  { expression: "a.b || c.d", paths: ["a.b", "c.d"] },
  { expression: "format('{0} {1}', a.b, c.d)", paths: ["a.b", "c.d"] },
  { expression: "join(a.*.b, ',')", paths: ["a.*.b"] },
  { expression: "toJSON(a)", paths: ["a"] },
  { expression: "fromJSON(a.b).c", paths: ["a.b"] },
  { expression: "(a || b).c", paths: ["a", "b"] },
  { expression: "later(a.b)", paths: ["a.b"] },
  { expression: "case(a.b, c.d, e.f, g.h, i.j)", paths: ["c.d", "g.h", "i.j"] },
])("$expression yields $paths", ({ expression, paths }) => {
  expect(yieldedPathsIn(expression).map(showPath)).toEqual(paths);
});

test.each([
  ...["always", "cancelled", "contains", "endsWith", "failure", "hashFiles", "startsWith"],
  "success",
])("%s answers, and yields nothing of its operands", (name) => {
  expect(parseExpression(`${name}(a.b, c.d)`)).not.toBeNull();
  expect(yieldedPathsIn(`${name}(a.b, c.d)`)).toEqual([]);
});

test.each([
  { when: "an operator is missing", text: "a.b ~ c.d", paths: ["a.b", "c.d"] },
  { when: "it has other letters", text: "? GitHub . Event.* .x", paths: ["github.event.*.x"] },
  { when: "it names a variable", text: "? ENV.Some.X", paths: ["env.Some.x"] },
  { when: "it is too long", text: `a.b${" ".repeat(21_000)}`, paths: ["a.b"] },
  { when: "it is nested too deep", text: `${"(".repeat(60)}a.b${")".repeat(60)}`, paths: ["a.b"] },
  { when: "it compares too often", text: `a.b${" < 1".repeat(501)}`, paths: ["a.b"] },
])("all that is named in what does not parse: $when", ({ text, paths }) => {
  expect(yieldedPathsIn(text).map(showPath)).toEqual(expect.arrayContaining(paths));
});

test("a key that is a star is no filter", () => {
  expect(yieldedPathsIn("a['*']")).toEqual([["a", "*"]]);
  expect(yieldedPathsIn("a.*")).toEqual([["a", null]]);
  expect(yieldedPathsIn("~ a.*")).toEqual([["a", null]]);
});

test("any text is read", () => {
  const unit = fc.constantFrom(
    "github",
    ".",
    "*",
    "[",
    "]",
    "(",
    ")",
    "'",
    "&&",
    "||",
    "!",
    " ",
    "x",
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit })), (text) => {
      expect(Array.isArray(yieldedPathsIn(text))).toBe(true);
    }),
  );
});
