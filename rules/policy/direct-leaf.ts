import { compilePattern, type PatternKind } from "./pattern.ts";
import type { JsonLogic } from "./policy-set.ts";

/** A part of a condition that is asked without walking its logic: true, false, or the fact that is unknown. */
export type DirectLeaf = (data: unknown) => boolean | { readonly unknown: string };

/**
 * A fact compared with a literal (`{"path": [{"var": "item.path"}, "src/**"]}`), which is what nearly
 * all parts of conditions are, as one function; null for all other logic.
 *
 * It says what json-logic-js says, which splits the path and copies the operands each time: over
 * 3,000 files that is most of what evaluating takes.
 */
export function directLeaf(logic: JsonLogic): DirectLeaf | null {
  const [operator, operands] = onlyOperation(logic);
  if (operands.length !== 2 || !isScalar(operands[1])) return null;
  const fact = readerOf(operands[0]);
  const test = testOf(operator, operands[1]);
  if (fact === null || test === null) return null;
  return (data) => {
    const value = fact.read(data);
    if (value === null && fact.unknown !== null && fact.isAsked(data)) return fact.unknown;
    return test(value);
  };
}

/** How a fact is read, and what is said where it is null and should not be. */
interface Fact {
  readonly read: (data: unknown) => unknown;
  readonly unknown: { readonly unknown: string } | null;
  readonly isAsked: (data: unknown) => boolean;
}

/** `{"var": PATH}`, or `{"known": [{"var": PATH}, FACT]}` with or without a guard. */
function readerOf(logic: JsonLogic): Fact | null {
  const [operator, operands] = onlyOperation(logic);
  if (operator === "var") {
    const read = readPath(logic);
    return read && { read, unknown: null, isAsked: () => false };
  }
  const [value, fact, guard] = operands;
  if (operator !== "known" || operands.length < 2 || operands.length > 3) return null;
  const read = readPath(value);
  const guarding = guard === undefined ? () => true : readPath(guard);
  if (read === null || guarding === null || typeof fact !== "string") return null;
  return { read, unknown: { unknown: fact }, isAsked: (data) => guarding(data) !== null };
}

function readPath(logic: JsonLogic): ((data: unknown) => unknown) | null {
  const [operator, [path, ...others]] = onlyOperation(logic);
  if (operator !== "var" || typeof path !== "string" || path === "" || others.length > 0)
    return null;
  const keys = path.split(".");
  return (data) => {
    let value = data;
    for (const key of keys) {
      if (value === null || value === undefined) return null;
      value = (value as Readonly<Record<string, unknown>>)[key];
    }
    return value === undefined ? null : value;
  };
}

type Scalar = string | number | boolean | null;
type Test = (value: unknown) => boolean;

function testOf(operator: string, literal: Scalar): Test | null {
  switch (operator) {
    case "===":
      return (value) => value === literal;
    case "!==":
      return (value) => value !== literal;
    case ">=":
      return (value) => (value as number) >= (literal as number);
    case "<=":
      return (value) => (value as number) <= (literal as number);
    case "path":
    case "name":
    case "search":
      return patternTest(operator, String(literal));
    default:
      return null;
  }
}

/** Compiled when it is first asked, so that a pattern which cannot be throws where it always did. */
function patternTest(kind: PatternKind, source: string): Test {
  let matches: ((text: string) => boolean) | null = null;
  return (value) => {
    if (typeof value !== "string") return false;
    matches ??= compilePattern(kind, source).matches;
    return matches(value);
  };
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

/** `["", []]` for what is no operation. */
function onlyOperation(logic: JsonLogic): readonly [string, readonly JsonLogic[]] {
  if (typeof logic !== "object" || logic === null || Array.isArray(logic)) return ["", []];
  const [entry, ...others] = Object.entries(logic);
  if (entry === undefined || others.length > 0) return ["", []];
  const [operator, operands] = entry as [string, unknown];
  return [operator, Array.isArray(operands) ? (operands as JsonLogic[]) : [operands]];
}
