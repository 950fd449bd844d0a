import { type EmbeddedExpression, embeddedIn } from "../github-expression/embedded.ts";
import type { Expression } from "../github-expression/expression.ts";
import { parseExpression } from "../github-expression/parse-expression.ts";
import { linesAt, type DataNode, type DataScalar } from "../data/data-node.ts";
import type { Matrix } from "./evaluate.ts";
import { possibleTexts } from "./possible-values.ts";
import { scalarsIn } from "./scalars.ts";

/** How a use of secrets that only a run can tell is named: any of them. */
export const ALL_SECRETS = "*";

/** A secret by its name in upper case, for GitHub takes any case, and where it is used. */
export interface SecretUse {
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
}

/**
 * Every use of a secret in the expressions of a node, in the order of the file. `conditions` are
 * those of its scalars that are expressions without `${{ }}` too; `matrix` tells what an index may
 * be. GITHUB_TOKEN is left out.
 */
export function secretUses(
  node: DataNode | undefined,
  conditions: ReadonlySet<DataScalar>,
  matrix: Matrix,
): SecretUse[] {
  return scalarsIn(node).flatMap((scalar) => {
    if (!/secrets/i.test(scalar.text)) return [];
    return expressionsOf(scalar, conditions.has(scalar)).flatMap(({ start, inner }) =>
      [...namesIn(inner, matrix)]
        .filter((name) => name !== "GITHUB_TOKEN")
        .map((name) => ({ name, ...linesAt(scalar, start) })),
    );
  });
}

function expressionsOf({ text }: DataScalar, isCondition: boolean): EmbeddedExpression[] {
  const found = embeddedIn(text);
  if (!isCondition || found.length > 0) return found;
  return [{ start: 0, end: text.length, inner: text, lineBreaks: 0 }];
}

// What does not parse GitHub refuses, but for what it knows and we do not yet.
function namesIn(text: string, matrix: Matrix): Set<string> {
  const names = new Set<string>();
  const expression = parseExpression(text);
  if (expression) collectNames(expression, matrix, names);
  else if (/\bsecrets\b/i.test(text)) names.add(ALL_SECRETS);
  return names;
}

function collectNames(expression: Expression, matrix: Matrix, names: Set<string>): void {
  switch (expression.type) {
    case "literal":
      return;
    case "context":
      if (isSecrets(expression)) names.add(ALL_SECRETS);
      return;
    case "index": {
      const { of, key } = expression;
      if (!isSecrets(of)) collectNames(of, matrix, names);
      else for (const name of namesOf(key, matrix)) names.add(name);
      if (key !== "*") collectNames(key, matrix, names);
      return;
    }
    default:
      for (const operand of expression.operands) collectNames(operand, matrix, names);
  }
}

function isSecrets(expression: Expression): boolean {
  return expression.type === "context" && expression.name === "secrets";
}

function namesOf(key: Expression | "*", matrix: Matrix): readonly string[] {
  const names = key === "*" ? null : possibleTexts(key, matrix);
  return names?.map((name) => name.toUpperCase()) ?? [ALL_SECRETS];
}
