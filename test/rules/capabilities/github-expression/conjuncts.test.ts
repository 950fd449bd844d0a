import fc from "fast-check";
import { expect, test } from "vitest";
import { conjunctsOf } from "../../../../rules/capabilities/github-expression/conjuncts.ts";

test.each([
  { expression: "a", conjuncts: ["a"] },
  { expression: "a && b", conjuncts: ["a", "b"] },
  { expression: "a&&b && c", conjuncts: ["a", "b", "c"] },
  { expression: "a == 'x && y' && b", conjuncts: ["a == 'x && y'", "b"] },
  { expression: "a == 'it''s && y' && b", conjuncts: ["a == 'it''s && y'", "b"] },
  { expression: "a.*.b && c", conjuncts: ["a.*.b", "c"] },
  { expression: "(a && b) && c", conjuncts: ["a", "b", "c"] },
  { expression: "( (a) && (b || c) )", conjuncts: ["a", "b || c"] },
  { expression: "!(a && b) && c", conjuncts: ["!(a && b)", "c"] },
  {
    expression: "contains(a, b || c) && d[e && f]",
    conjuncts: ["contains(a, b || c)", "d[e && f]"],
  },
])("$expression has these conditions", ({ expression, conjuncts }) => {
  expect(conjunctsOf(expression)).toEqual(conjuncts);
});

test.each([
  { when: "an alternative at its top", expression: "(a && b) || c" },
  { when: "a status function", expression: "always() && a" },
  { when: "a status function below", expression: "a && (b == failure())" },
  { when: "a status function as an operand", expression: "a && format('{0}', cancelled())" },
  { when: "a status function as a key", expression: "a && b[success()]" },
  { when: "a status function under a key", expression: "a && fromjson(success()).b" },
  { when: "an expression in a text", expression: "a && ${{ b }}" },
  { when: "a bracket that does not close", expression: "a && (b" },
  { when: "a bracket that does not open", expression: "a) && b" },
  { when: "a text that does not close", expression: "(a && 'b" },
  { when: "an operand that is missing", expression: "a &&" },
])("with $when it is one condition, whole", ({ expression }) => {
  expect(conjunctsOf(expression)).toEqual([expression]);
});

test("what is no expression stands without the white space around it", () => {
  expect(conjunctsOf(" a && ")).toEqual(["a &&"]);
});

test("a status function in other letters is one too", () => {
  expect(conjunctsOf("a && Failure ()")).toEqual(["a && failure()"]);
});

test("nothing but the operators and the white space beside them is lost", () => {
  const piece = fc.constantFrom("a", "'x'", "b || c", "d == 'e''f'", "!g", "' && '");
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1 }), (pieces) => {
      const whole = pieces.map((text) => `(${text})`).join(" && ");
      expect(conjunctsOf(whole)).toEqual(pieces);
    }),
  );
});

test("any text at all is taken apart, and never to nothing", () => {
  const odd = fc.string({ unit: fc.constantFrom("a", "'", "(", ")", "[", "]", "&", "|", " ") });
  fc.assert(
    fc.property(odd, (text) => {
      expect(conjunctsOf(text).length).toBeGreaterThan(0);
    }),
  );
});
