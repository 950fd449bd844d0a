import { expect, test } from "vitest";
import { parseExpression } from "../../../../rules/capabilities/github-expression/parse-expression.ts";
import { evaluate, NO_MATRIX } from "../../../../rules/capabilities/github-workflow/evaluate.ts";
import { textsOf } from "../../../../rules/capabilities/github-workflow/value-nodes.ts";

const SURROUNDINGS = { matrix: NO_MATRIX, at: { line: 1, column: 1, endLine: 1 } };

function valuesOf(text: string): string[] {
  const expression = parseExpression(text);
  if (!expression) throw new Error("no expression");
  return textsOf(evaluate(expression, SURROUNDINGS));
}

test.each([
  ["null", [""]],
  ["true", ["true"]],
  ["x && 'a' && 'b'", ["b"]],
  ["x && '' || 'a'", ["a"]],
  ["x && 'a' || ''", ["a", ""]],
  ["x && 'a' || null", ["a", ""]],
  ["case(x, 'a', 'b')", ["a", "b"]],
  ["case(x, 'a', y, 'b', 'c')", ["a", "b", "c"]],
  ["fromJSON(x && '1' || '2')", ["1", "2"]],
  [
    "format('{10}{0}', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', x && 'k' || 'l')",
    ["ka", "la"],
  ],
])("%s may be %j", (expression, values) => {
  expect(valuesOf(expression)).toEqual(values);
});

test.each([
  "x",
  "!x",
  "x == 'a'",
  "matrix.a",
  "always()",
  "fromjson((x && '1') || 'no json')",
  "join('a', 'b')",
  "format('{0}{1}', 'a')",
])("%s is what only a run knows", (expression) => {
  expect(valuesOf(expression)).toEqual([`\${{ ${expression} }}`]);
});

test.each(["fromjson", "format", "case"])("%s of nothing is what only a run knows", (name) => {
  const values = evaluate({ type: "call", name, operands: [] }, SURROUNDINGS);
  expect(textsOf(values)).toEqual([`\${{ ${name}() }}`]);
});

test("what there is no matrix for is in none", () => {
  expect(NO_MATRIX(["os"])).toBeNull();
});
