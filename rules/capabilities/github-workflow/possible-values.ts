import { embeddedIn } from "../github-expression/embedded.ts";
import type { Expression } from "../github-expression/expression.ts";
import { parseExpression } from "../github-expression/parse-expression.ts";
import type { DataNode, DataScalar } from "../data/data-node.ts";
import { evaluate, type Matrix } from "./evaluate.ts";
import { combined, textNode } from "./value-nodes.ts";

/** Longer texts are left as they are written: no honest label or option comes near. */
const MAX_CHARACTERS = 2_000;

/**
 * All that a node may come out as: itself, unless it is a text with expressions whose values the
 * file tells (`${{ matrix.os }}`, `${{ x && 'a' || 'b' }}`, `${{ fromJSON('["a"]') }}`,
 * `${{ matrix.os }}-large`). What only a run knows stays an expression, in its one spelling; see
 * `isOpen`. A value of the matrix stands where it is written, any other where the node does.
 */
export function possibleValues(node: DataNode, matrix: Matrix): readonly DataNode[] {
  if (node.type !== "scalar" || !isOpen(node)) return [node];
  if (node.text.length > MAX_CHARACTERS) return [node];
  const parts = partsOf(node, matrix);
  const [only] = parts;
  return (parts.length === 1 ? only : combined(parts, node)) ?? [node];
}

/** The texts that an expression may come out as; null where only a run knows one of them. */
export function possibleTexts(expression: Expression, matrix: Matrix): readonly string[] | null {
  const at = { line: 0, column: 0, endLine: 0 };
  const texts = evaluate(expression, { matrix, at }).map((value) =>
    value.type === "scalar" && !isOpen(value) ? value.text : null,
  );
  return texts.every((text) => text !== null) ? texts : null;
}

/** Whether a node is a text with an expression in it. */
export function isOpen(node: DataNode): boolean {
  return node.type === "scalar" && node.text.includes("${{");
}

/** Whether a node is a text with an expression that makes any list or map: `${{ fromJSON(…) }}`. */
export function isOpenJson(node: DataNode): node is DataScalar {
  return node.type === "scalar" && isOpen(node) && /fromjson/i.test(node.text);
}

/** What each stretch of a text may come out as: that between expressions, and each of those. */
function partsOf(node: DataScalar, matrix: Matrix): (readonly DataNode[])[] {
  const text = node.text.trim();
  const parts: (readonly DataNode[])[] = [];
  const keep = (from: number, to?: number): void => {
    const stretch = text.slice(from, to);
    if (stretch !== "") parts.push([textNode(stretch, node)]);
  };
  let behind = 0;
  for (const { start, end, inner } of embeddedIn(text)) {
    keep(behind, start);
    const expression = parseExpression(inner);
    if (expression) parts.push(evaluate(expression, { matrix, at: node }));
    else keep(start, end);
    behind = end;
  }
  keep(behind);
  return parts;
}
