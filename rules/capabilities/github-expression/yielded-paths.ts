import { onceForEach } from "../once-for-each.ts";
import type { Expression } from "./expression.ts";
import { parseExpression } from "./parse-expression.ts";

/** The keys from a context on, `["github", "event", "number"]`; null stands for any key. */
export type ExpressionPath = readonly (string | null)[];

/**
 * Whose values an expression's text can come from. Of `a && b` that is `b`, of `a || b` either;
 * a comparison, `!` and functions that answer yes or no yield nothing of their operands, and every
 * other function passes its operands on, a later one of GitHub's as well. What does not parse
 * yields every path that is written in it.
 */
export function yieldedPathsIn(text: string): readonly ExpressionPath[] {
  const expression = parseExpression(text);
  return expression ? knownPaths(expression) : pathsNamedIn(text);
}

// A script repeats its expressions, and they are parsed once.
const knownPaths = onceForEach(yieldedPaths);

/** As `yieldedPathsIn`, of a parsed expression. */
export function yieldedPaths(expression: Expression): ExpressionPath[] {
  switch (expression.type) {
    case "literal":
    case "not":
    case "compare":
      return [];
    case "context":
    case "index":
      return pathsOfAccess(expression);
    case "call":
      return passedOn(expression.name, expression.operands).flatMap(yieldedPaths);
    case "all":
      return expression.operands.slice(-1).flatMap(yieldedPaths);
    case "any":
      return expression.operands.flatMap(yieldedPaths);
  }
}

/** A path as people write it, `github.event.commits.*.message`. */
export function showPath(path: ExpressionPath): string {
  return path.map((key) => key ?? "*").join(".");
}

// `fromJSON(x).y` comes from `x`.
function pathsOfAccess(expression: Expression): ExpressionPath[] {
  const keys: (string | null)[] = [];
  let at = expression;
  while (at.type === "index") {
    const { of, key } = at;
    keys.push(key !== "*" && key.type === "literal" ? String(key.value) : null);
    at = of;
  }
  return at.type === "context" ? [[at.name, ...keys.reverse()]] : yieldedPaths(at);
}

const ANSWERS: ReadonlySet<string> = new Set([
  "always",
  "cancelled",
  "contains",
  "endswith",
  "failure",
  "hashfiles",
  "startswith",
  "success",
]);

// `case(asked, value, asked, value, otherwise)`
function passedOn(name: string, operands: readonly Expression[]): readonly Expression[] {
  if (ANSWERS.has(name)) return [];
  if (name !== "case") return operands;
  return operands.filter((_, at) => at % 2 === 1 || at === operands.length - 1);
}

// `github.event . pull_request.title`
const PATH = /[A-Za-z_][\w-]*(?:\s*\.\s*(?:[A-Za-z_][\w-]*|\*))*/g;

function pathsNamedIn(text: string): ExpressionPath[] {
  return Array.from(text.matchAll(PATH), ([path]) => {
    const keys = path.split(".").map((key) => key.trim());
    const keepsLetters = keys[0]?.toLowerCase() === "env";
    return keys.map((key, at) => {
      if (key === "*") return null;
      return keepsLetters && at === 1 ? key : key.toLowerCase();
    });
  });
}
