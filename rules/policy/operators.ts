/**
 * How raw JSON Logic treats an operator's operands. `plain`: as they are. `equality`: two values,
 * that can be equal. `number`: null is no number and cannot take part. `membership`: a value and a
 * list. `pattern`: a text and a literal glob or pattern. `scoped`: a list, and logic over one element of it. `fold`: the same with an accumulator.
 */
type OperatorKind = "plain" | "equality" | "number" | "membership" | "pattern" | "scoped" | "fold";

export interface Operator {
  readonly kind: OperatorKind;
  readonly least: number;
  readonly most: number;
}

const MANY = 100;

/**
 * The operators of JSON Logic that a `when` may use (jsonlogic.com/operations.html), with ours for
 * globs and patterns. Left out: `log` writes to stdout, `missing` and `missing_some` are about
 * keys, which all facts have, `substr` and `cat` build texts that globs and patterns test better,
 * and `merge` makes one list of unlike ones.
 */
const OPERATORS: Readonly<Record<string, Operator>> = {
  "==": operator("equality", 2),
  "===": operator("equality", 2),
  "!=": operator("equality", 2),
  "!==": operator("equality", 2),
  "<": operator("number", 2, 3),
  "<=": operator("number", 2, 3),
  ">": operator("number", 2),
  ">=": operator("number", 2),
  "+": operator("number", 1, MANY),
  "-": operator("number", 1, 2),
  "*": operator("number", 2, MANY),
  "/": operator("number", 2),
  "%": operator("number", 2),
  min: operator("number", 1, MANY),
  max: operator("number", 1, MANY),
  "!": operator("plain", 1),
  "!!": operator("plain", 1),
  and: operator("plain", 1, MANY),
  or: operator("plain", 1, MANY),
  if: operator("plain", 2, MANY),
  in: operator("membership", 2),
  some: operator("scoped", 2),
  all: operator("scoped", 2),
  none: operator("scoped", 2),
  filter: operator("scoped", 2),
  map: operator("scoped", 2),
  reduce: operator("fold", 3),
  path: operator("pattern", 2),
  name: operator("pattern", 2),
  search: operator("pattern", 2),
};

export const OPERATOR_NAMES: readonly string[] = ["var", ...Object.keys(OPERATORS)];

/** The operator of that name, null where a `when` may not use it. */
export function findOperator(name: string): Operator | null {
  return Object.hasOwn(OPERATORS, name) ? (OPERATORS[name] ?? null) : null;
}

function operator(kind: OperatorKind, least: number, most = least): Operator {
  return { kind, least, most };
}
