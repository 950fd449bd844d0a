import { showExpression } from "./canonical-expression.ts";
import type { Expression } from "./expression.ts";
import { parseExpression } from "./parse-expression.ts";

/**
 * The conditions that must all hold for a job's `if` to hold, each in its one spelling: the
 * operands of `&&` at its top.
 *
 * An expression counts as one condition, whole, where taking it apart would mislead: with `||` at
 * its top, with a status function (`always()` also takes back the `success()` that is implied), or
 * where it does not parse.
 *
 * Source: docs.github.com, "Evaluate expressions in workflows and actions".
 */
export function conjunctsOf(text: string): string[] {
  const expression = parseExpression(text);
  if (!expression) return [text.trim()];
  if (expression.type !== "all" || asksForStatus(expression)) return [showExpression(expression)];
  return expression.operands.map(showExpression);
}

const STATUS_FUNCTIONS: ReadonlySet<string> = new Set([
  "always",
  "cancelled",
  "failure",
  "success",
]);

/** Whether a status function stands anywhere in an expression. */
export function asksForStatus(expression: Expression): boolean {
  switch (expression.type) {
    case "literal":
    case "context":
      return false;
    case "index":
      return [expression.of, expression.key].some((part) => part !== "*" && asksForStatus(part));
    case "call":
      if (STATUS_FUNCTIONS.has(expression.name)) return true;
  }
  return expression.operands.some(asksForStatus);
}
