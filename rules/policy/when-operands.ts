import type { ScalarShape, Shape } from "../facts/schema.ts";
import { describeShape, type FactPath } from "./fact-paths.ts";
import { isOfType, meantValue, namesOf } from "./fact-values.ts";
import { checkPattern, type Compilation, type Finding, type Pointer } from "./findings.ts";
import { isMap } from "./maps.ts";
import type { Operator } from "./operators.ts";
import type { JsonLogic } from "./policy-set.ts";
import { NO_FACTS } from "./scope.ts";

/** Checked logic; the shape of what it gives, and of which fact, where they are known. */
export interface Checked {
  readonly logic: JsonLogic;
  readonly shape: Shape | null;
  readonly path: FactPath | null;
}

/** An operator with its operands as they were written. */
export interface Operation {
  readonly name: string;
  readonly operator: Operator;
  readonly operands: readonly unknown[];
}

/**
 * Checks what an operator's operands are: a fact compared with what it can never be, a list
 * compared as a whole, a number operator on a text, `in` without a list or with what no list holds,
 * and a pattern that is not literal are findings.
 */
export function checkOperands(
  operation: Operation & { checked: readonly Checked[] },
  at: Pointer,
  compilation: Compilation,
): void {
  const { kind } = operation.operator;
  if (kind === "equality") checkEquality(operation, at, compilation);
  if (kind === "number") checkNumbers(operation, at, compilation);
  if (kind === "membership") checkMembership(operation, at, compilation);
  if (kind === "pattern") checkPatternOperand(operation, at, compilation);
}

/** Notes a finding; the logic in its place is never evaluated. */
export function refuse(
  { findings }: Compilation,
  at: Pointer,
  words: Omit<Finding, "at">,
): Checked {
  findings.push({ at, ...words });
  return { logic: false, shape: null, path: null };
}

type CheckedOperation = Operation & { readonly checked: readonly Checked[] };

function checkEquality(
  { checked, operands }: CheckedOperation,
  at: Pointer,
  compilation: Compilation,
): void {
  const list = checked.findIndex(({ shape }) => shape?.is === "list");
  if (list !== -1) {
    refuse(compilation, [...at, list], {
      message: `${checked[list]?.path ?? "this"} is a list, and a list equals nothing`,
      remedy: "test what is in it with in, some, all or none",
    });
    return;
  }
  for (const [index, { shape }] of checked.entries()) {
    const other = 1 - index;
    if (shape !== null)
      checkLiteral(shape, { value: operands[other], at: [...at, other] }, compilation);
  }
}

/** Operators that also compare times: RFC 3339 in UTC, which compare as texts do. */
const COMPARISONS = ["<", "<=", ">", ">="];

function checkNumbers(
  { name, checked, operands }: CheckedOperation,
  at: Pointer,
  compilation: Compilation,
): void {
  const isOfTimes = COMPARISONS.includes(name) && checked.some(isTime);
  for (const [index, one] of checked.entries()) {
    const operand = operands[index];
    const fits = isOfTimes
      ? isTime(one) || typeof operand === "string"
      : one.shape?.is === "number" || typeof operand === "number";
    // What logic gives is not known before it is evaluated; a null was refused where it stands.
    if (fits || operand === null || (one.shape === null && isMap(operand))) continue;
    const what = one.shape === null ? JSON.stringify(operand) : describeShape(one.shape);
    refuse(compilation, [...at, index], {
      message: `${one.path ?? "this"} is ${what} and no ${isOfTimes ? "time" : "number"}`,
      remedy: isOfTimes ? "compare times with times" : `${name} takes numbers`,
    });
  }
}

function isTime({ path }: Checked): boolean {
  return path?.endsWith(".at") === true;
}

function checkMembership(
  { checked, operands }: CheckedOperation,
  at: Pointer,
  compilation: Compilation,
): void {
  const [value, list] = checked;
  if (list?.shape?.is !== "list") {
    refuse(compilation, [...at, 1], {
      message: "in takes a list as its second operand: on a text it would match any part of it",
      remedy: "list the values, or test a text with path, name or search",
    });
    return;
  }
  const { of } = list.shape;
  if (value?.shape?.is === "list" || (of.is === "object" && of !== NO_FACTS)) {
    refuse(compilation, at, {
      message: "in finds a value among values, never a list or facts",
      remedy: "walk the list with some, all or none",
    });
    return;
  }
  if (of.is !== "object") checkLiteral(of, { value: operands[0], at: [...at, 0] }, compilation);
  const members: unknown = operands[1];
  if (value?.shape == null || !Array.isArray(members)) return;
  for (const [index, member] of members.entries()) {
    checkLiteral(value.shape, { value: member, at: [...at, 1, index] }, compilation);
  }
}

function checkPatternOperand(
  { name, operands, checked }: CheckedOperation,
  at: Pointer,
  compilation: Compilation,
) {
  const shape = checked[0]?.shape;
  const values = shape && "values" in shape ? namesOf(shape) : null;
  const source = operands[1];
  const kind = name === "path" || name === "name" ? name : "search";
  if (typeof source === "string") checkPattern(compilation, [...at, 1], { kind, source, values });
  else {
    refuse(compilation, [...at, 1], {
      message: `${name} takes a literal ${kind === "search" ? "pattern" : "glob"}`,
      remedy: "write it as a text",
    });
  }
}

function checkLiteral(
  shape: Shape,
  { value, at }: { value: unknown; at: Pointer },
  compilation: Compilation,
): void {
  if (value === null || typeof value === "object") return;
  if ("values" in shape && canBe(shape, value)) return;
  const values = "values" in shape ? shape.values : null;
  refuse(compilation, at, {
    message: `this fact is ${describeShape(shape)}, never ${JSON.stringify(value)}`,
    remedy:
      typeof value === "string" && values !== null
        ? meantValue(values, value)
        : `compare it with ${describeShape(shape)}`,
  });
}

function canBe(shape: ScalarShape, value: unknown): boolean {
  return isOfType(shape, value) && (shape.values?.includes(String(value)) ?? true);
}
