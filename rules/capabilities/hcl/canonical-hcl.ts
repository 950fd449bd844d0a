import { precedenceOf } from "./precedence.ts";
import type { HclEntry, HclExpression, HclFor, HclObject, HclOperation, HclStep } from "./tree.ts";

/**
 * One text for all spellings of an expression: equal where two expressions mean the same whatever
 * their layout, comments, commas, quoting, parentheses and the order of an object's literal keys.
 *
 * It reads as HCL does, with operations in parentheses and object keys quoted: `var.x[0].y`,
 * `{"Action"="s3:*"}`. It does not calculate: `1 + 1` is not `2`.
 */
export function canonicalHcl(expression: HclExpression): string {
  switch (expression.type) {
    case "string":
      return `"${escaped(expression.value)}"`;
    case "number":
      return expression.digits;
    case "bool":
      return String(expression.value);
    case "null":
      return "null";
    case "template":
      return `"${expression.parts.map(templatePart).join("")}"`;
    case "list":
      return `[${commaSeparated(expression.items)}]`;
    case "object":
      return canonicalObject(expression);
    case "call":
      return `${expression.name}(${commaSeparated(expression.args)}${expression.spread ? "..." : ""})`;
    case "reference":
      return withSteps(expression.root, expression.steps);
    case "access":
      return withSteps(canonicalSource(expression.source), expression.steps);
    case "conditional": {
      const { condition, whenTrue, whenFalse } = expression;
      const branches = `${canonicalHcl(whenTrue)}:${canonicalHcl(whenFalse)}`;
      return `(${canonicalHcl(condition)}?${branches})`;
    }
    case "for":
      return canonicalFor(expression);
    case "operation":
      return `(${canonicalOperation(expression)})`;
  }
}

/** A sign of the text that could begin an interpolation is doubled, one that does begin it is not. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1).replace(/[$%]/gu, "$&$&");
}

function templatePart(part: HclExpression): string {
  return part.type === "string" ? escaped(part.value) : `\${${canonicalHcl(part)}}`;
}

function commaSeparated(expressions: readonly HclExpression[]): string {
  return expressions.map(canonicalHcl).join(",");
}

/** Literal keys are put in order between keys that are not: such a one may be the same, and wins over earlier ones. */
function canonicalObject({ entries }: HclObject): string {
  const written: string[] = [];
  let literal: string[] = [];
  const sortLiteral = (): void => {
    for (const entry of literal.sort()) written.push(entry);
    literal = [];
  };
  for (const entry of entries) {
    if (entry.key.type === "string") literal.push(canonicalEntry(entry));
    else {
      sortLiteral();
      written.push(canonicalEntry(entry));
    }
  }
  sortLiteral();
  return `{${written.join(",")}}`;
}

function canonicalEntry({ key, value }: HclEntry): string {
  const name = key.type === "string" ? canonicalHcl(key) : `(${canonicalHcl(key)})`;
  return `${name}=${canonicalHcl(value)}`;
}

/** What steps behind parentheses would go into just so without them. */
function canonicalSource(source: HclExpression): string {
  const text = canonicalHcl(source);
  if (source.type === "call") return text;
  if (source.type === "reference" && source.steps.at(-1)?.step !== "splat") return text;
  return source.type === "access" && source.steps.at(-1)?.step !== "splat" ? text : `(${text})`;
}

// Steps behind a splat go into each element, those behind its parentheses into the result.
function withSteps(source: string, steps: readonly HclStep[]): string {
  let text = source;
  for (const [n, step] of steps.entries()) {
    if (steps[n - 1]?.step === "splat") text = `(${text})`;
    if (step.step === "attribute") text += `.${step.name}`;
    else if (step.step === "index") text += `[${canonicalHcl(step.key)}]`;
    else text += withSteps("[*]", step.each);
  }
  return text;
}

function canonicalFor(expression: HclFor): string {
  const { makes, keyName, itemName, source, newKey, value, grouped, condition } = expression;
  const names = keyName === null ? itemName : `${keyName},${itemName}`;
  const key = newKey === null ? "" : `${canonicalHcl(newKey)}=>`;
  const end = `${grouped ? "..." : ""}${condition === null ? "" : ` if ${canonicalHcl(condition)}`}`;
  const text = `for ${names} in ${canonicalHcl(source)}:${key}${canonicalHcl(value)}${end}`;
  if (makes === "text") return `%{${text}}`;
  return makes === "list" ? `[${text}]` : `{${text}}`;
}

function canonicalOperation({ operators, operands }: HclOperation): string {
  const [first, ...others] = operands;
  if (first === undefined) return "";
  if (others.length === 0) return `${operators[0] ?? ""}${canonicalHcl(first)}`;
  const rest = others.map((operand, n) => `${operators[n] ?? ""}${canonicalHcl(operand)}`);
  // `(a - b) - c` is `a - b - c`, `a - (b - c)` is not.
  const joins = first.type === "operation" && levelOf(first) === precedenceOf(operators[0] ?? "");
  return `${joins ? canonicalOperation(first) : canonicalHcl(first)}${rest.join("")}`;
}

function levelOf({ operators, operands }: HclOperation): number | null {
  return operands.length === 1 ? null : precedenceOf(operators[0] ?? "");
}
