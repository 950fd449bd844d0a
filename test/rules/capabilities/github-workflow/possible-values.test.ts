import { expect, test } from "vitest";
import { parseExpression } from "../../../../rules/capabilities/github-expression/parse-expression.ts";
import { NO_MATRIX } from "../../../../rules/capabilities/github-workflow/evaluate.ts";
import { matrixOf } from "../../../../rules/capabilities/github-workflow/matrix.ts";
import {
  possibleTexts,
  possibleValues,
} from "../../../../rules/capabilities/github-workflow/possible-values.ts";
import { textNode } from "../../../../rules/capabilities/github-workflow/value-nodes.ts";
import { mapOf } from "./read-workflow.ts";

const AT = { line: 3, column: 5, endLine: 4 };

test("white space around an expression is no part of its value", () => {
  const node = textNode(" ${{ fromJSON('[\"gpu\"]') }}\n", AT);
  expect(possibleValues(node, NO_MATRIX)).toMatchObject([
    { type: "list", items: [{ text: "gpu" }] },
  ]);
});

test.each([
  { what: "a list", os: "[[a, b], c]" },
  { what: "a map", os: "[{a: b}, c]" },
])("a text with a part that may be $what stays as it is written", ({ os }) => {
  const node = textNode("${{ matrix.os }}-x", AT);
  const matrix = matrixOf(mapOf(`strategy: {matrix: {os: ${os}}}`));
  expect(possibleValues(node, matrix)).toEqual([node]);
});

test("a text is followed up to 2000 characters", () => {
  const [longest, longer] = [2_000, 2_001].map((length) => {
    const text = "${{ 'b' }}";
    return textNode("a".repeat(length - text.length) + text, AT);
  });
  if (!longest || !longer) throw new Error("no text");
  expect(possibleValues(longest, NO_MATRIX)).toMatchObject([{ text: `${"a".repeat(1_990)}b` }]);
  expect(possibleValues(longer, NO_MATRIX)).toEqual([longer]);
});

test.each([
  ["x && 'a' || 'b'", ["a", "b"]],
  ["x", null],
  ["x && 'a' || y", null],
  ["fromJSON('[1]')", null],
  ["fromJSON('{}')", null],
])("%s as texts is %j", (text, texts) => {
  const expression = parseExpression(text);
  if (!expression) throw new Error("no expression");
  expect(possibleTexts(expression, NO_MATRIX)).toEqual(texts);
});
