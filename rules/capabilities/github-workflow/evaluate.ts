import { showExpression } from "../github-expression/canonical-expression.ts";
import type { Expression } from "../github-expression/expression.ts";
import type { DataNode } from "../data/data-node.ts";
import { combined, jsonNode, type Span, textNode } from "./value-nodes.ts";

/**
 * What `matrix.A.B` may be, by its path in lower case: every value that the file writes there, and
 * the expressions that only a run knows. null where the file writes none.
 */
export type Matrix = (path: readonly string[]) => readonly DataNode[] | null;

/** The matrix of what has none. */
export const NO_MATRIX: Matrix = () => null;

/** What an expression is evaluated with, and where it stands. */
export interface Surroundings {
  readonly matrix: Matrix;
  readonly at: Span;
}

type Values = readonly DataNode[];

/** An expression with more values than this is left as it is, and so is a template with more parts. */
const MAX_VALUES = 50;
const MAX_PARTS = 20;

/**
 * All that an expression may come out as, so far as the file tells. Which of them a condition
 * picks is left open; what only a run knows is a text with the expression in it. Total.
 *
 * Source: docs.github.com, "Evaluate expressions in workflows and actions".
 */
export function evaluate(expression: Expression, surroundings: Surroundings): Values {
  const values = knownValues(expression, surroundings);
  if (values && values.length <= MAX_VALUES) return values;
  return [textNode(`\${{ ${showExpression(expression)} }}`, surroundings.at)];
}

function knownValues(expression: Expression, surroundings: Surroundings): Values | null {
  switch (expression.type) {
    case "literal":
      return [textNode(textOf(expression), surroundings.at)];
    case "index": {
      const path = matrixPath(expression);
      return path && surroundings.matrix(path);
    }
    case "all":
      // `a && b` is `b`, or what stops the job.
      return expression.operands.slice(-1).flatMap((last) => evaluate(last, surroundings));
    case "any":
      return valuesOfAny(expression.operands, surroundings);
    case "call":
      return valuesOfCall(expression.name, expression.operands, surroundings);
    default:
      return null;
  }
}

/** `a || b` is either, but for an `a` that is empty. */
function valuesOfAny(operands: readonly Expression[], surroundings: Surroundings): Values {
  const last = operands.length - 1;
  return operands.flatMap((operand, index) =>
    evaluate(operand, surroundings).filter((value) => index === last || !isEmpty(value)),
  );
}

function valuesOfCall(
  name: string,
  operands: readonly Expression[],
  surroundings: Surroundings,
): Values | null {
  const [first, ...others] = operands;
  if (!first) return null;
  if (name === "fromjson") return fromJson(evaluate(first, surroundings), surroundings);
  if (name === "format") return formatted(first, others, surroundings);
  return name === "case" ? valuesOfCase(others, surroundings) : null;
}

function fromJson(texts: Values, { at }: Surroundings): Values | null {
  const values = texts.map((text) => (text.type === "scalar" ? jsonNode(text.text, at) : null));
  return values.every((value) => value !== null) ? values : null;
}

// `format('{0}-{1}', a, b)`; `{{` and `}}` are braces.
function formatted(
  template: Expression,
  args: readonly Expression[],
  surroundings: Surroundings,
): Values | null {
  if (template.type !== "literal") return null;
  const { at } = surroundings;
  const pieces = textOf(template).split(/(\{\{|\}\}|\{\d{1,2}\})/);
  if (pieces.length > MAX_PARTS) return null;
  const parts = pieces.map((piece, index): Values | null => {
    if (index % 2 === 0) return [textNode(piece, at)];
    if (piece === "{{" || piece === "}}") return [textNode(piece.slice(1), at)];
    const arg = args[Number(piece.slice(1, -1))];
    return arg ? evaluate(arg, surroundings) : null;
  });
  return parts.every((part) => part !== null) ? combined(parts, at) : null;
}

// `case(asked, value, asked, value, otherwise)`, here less the first
function valuesOfCase(others: readonly Expression[], surroundings: Surroundings): Values {
  return others
    .filter((_, index) => index % 2 === 0 || index === others.length - 1)
    .flatMap((value) => evaluate(value, surroundings));
}

/** `matrix.a['b']` as `["a", "b"]`, null for any other. */
function matrixPath(expression: Expression): string[] | null {
  if (expression.type === "context") return expression.name === "matrix" ? [] : null;
  if (expression.type !== "index") return null;
  const { of, key } = expression;
  if (key === "*" || key.type !== "literal") return null;
  const above = matrixPath(of);
  return above && [...above, textOf(key)];
}

function textOf({ value }: Extract<Expression, { type: "literal" }>): string {
  return value === null ? "" : String(value);
}

function isEmpty(value: DataNode): boolean {
  return value.type === "scalar" && value.text === "";
}
