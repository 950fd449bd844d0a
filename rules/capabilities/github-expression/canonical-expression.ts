import type { Expression } from "./expression.ts";
import { parseExpression } from "./parse-expression.ts";

/**
 * An expression's text in one spelling: equal for two that differ only in white space, in letter
 * case of contexts, functions and keys, in `a['b']` for `a.b`, or in brackets that change nothing.
 * What does not parse is itself, without the white space around it.
 */
export function canonicalExpression(text: string): string {
  const expression = parseExpression(text);
  return expression ? showExpression(expression) : text.trim();
}

/** A parsed expression in its one spelling; see `canonicalExpression`. */
export function showExpression(expression: Expression): string {
  switch (expression.type) {
    case "literal":
      return showLiteral(expression.value);
    case "context":
      return expression.name;
    case "index":
      return `${showPart(expression.of)}${showKey(expression.key)}`;
    case "call":
      return `${expression.name}(${expression.operands.map(showExpression).join(", ")})`;
    case "not":
      return `!${showPart(expression.operands[0])}`;
    case "compare": {
      const [left, right] = expression.operands;
      return `${showPart(left)} ${expression.operator} ${showPart(right)}`;
    }
    case "all":
      return expression.operands.map(showPart).join(" && ");
    case "any":
      return expression.operands.map(showPart).join(" || ");
  }
}

/** A part of a larger expression, in brackets where they could change something. */
function showPart(expression: Expression): string {
  const isWhole = ["literal", "context", "index", "call", "not"].includes(expression.type);
  return isWhole ? showExpression(expression) : `(${showExpression(expression)})`;
}

function showLiteral(value: string | number | boolean | null): string {
  return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);
}

// `.title`, `.*`, `['a b']`, `[inputs.key]`
function showKey(key: Expression | "*"): string {
  if (key === "*") return ".*";
  if (key.type !== "literal") return `[${showExpression(key)}]`;
  const text = String(key.value);
  return /^[A-Za-z_][\w-]*$/.test(text) ? `.${text}` : `[${showLiteral(text)}]`;
}
