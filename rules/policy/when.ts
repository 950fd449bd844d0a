import type { Shape } from "../facts/schema.ts";
import type { Compilation, Pointer } from "./findings.ts";
import { isMap } from "./maps.ts";
import { meantKey } from "./meant-key.ts";
import { findOperator, OPERATOR_NAMES, type Operator } from "./operators.ts";
import type { JsonLogic } from "./policy-set.ts";
import { elementScope, NO_FACTS, readFact, type Scope } from "./scope.ts";
import { checkOperands, refuse, type Checked, type Operation } from "./when-operands.ts";

/** Where an expression stands. Under a `numeric` operator null would be taken for 0. */
interface Position {
  readonly scope: Scope;
  readonly at: Pointer;
  readonly numeric?: boolean;
}

/**
 * Compiles a `when`: raw JSON Logic over the facts and `item`.
 *
 * Every operator has to be an allowed one with the right count of operands, every `var` one literal
 * path that the facts have: inside `some`, `all`, `none`, `filter`, `map` and `reduce` (`current`)
 * it starts at the element, `""` being the element itself. `in` takes a list: on a text it would
 * match substrings. Facts that may be unknown are wrapped so that reading an unknown one throws
 * `FACT_UNKNOWN`, and so is what may be absent under `<`, `+` and their like, which take null for 0,
 * also inside an `if`, `and` or `or` there, and in the body of a `reduce`: guard it with
 * `{"!==": [{"var": "action.number"}, null]}` under `and`. What is refused becomes a finding.
 */
export function compileWhen(
  value: unknown,
  position: { scope: Scope; at: Pointer },
  compilation: Compilation,
): JsonLogic {
  if (isMap(value) || typeof value === "boolean") return check(value, position, compilation).logic;
  return refuse(compilation, position.at, {
    message: "when is JSON Logic: a map of one operator to its operands",
    remedy: 'write for example { "==": [{ var: action.kind }, push] }',
  }).logic;
}

function check(value: unknown, position: Position, compilation: Compilation): Checked {
  if (Array.isArray(value)) return checkList(value, position, compilation);
  if (!isMap(value)) return checkPlain(value, position, compilation);
  const entries = Object.entries(value);
  const [entry] = entries;
  if (entry === undefined || entries.length > 1) {
    return refuse(compilation, position.at, {
      message: `JSON Logic has one operator in a map, this map has ${entries.length}`,
      remedy: "join conditions with and",
    });
  }
  const [name, operands] = entry;
  const inner: Position = { ...position, at: [...position.at, name] };
  if (name === "var") return checkVariable(operands, inner, compilation);
  const operator = findOperator(name);
  if (operator === null) return refuseOperator(name, inner, compilation);
  return checkOperation({ name, operator, operands: listed(operands) }, inner, compilation);
}

/** Null under an operator of numbers is refused where it stands, whatever would hand it on. */
function checkPlain(value: unknown, position: Position, compilation: Compilation): Checked {
  if (value !== null || position.numeric !== true) return { logic: value, shape: null, path: null };
  return refuse(compilation, position.at, {
    message: "null is no number, and would be taken for 0",
    remedy: "write the number that is meant",
  });
}

function listed(operands: unknown): readonly unknown[] {
  return Array.isArray(operands) ? operands : [operands];
}

function checkList(
  values: readonly unknown[],
  position: Position,
  compilation: Compilation,
): Checked {
  const logic = checkAll(values, position, compilation).map((checked) => checked.logic);
  return { logic, shape: { is: "list", whenNull: "never", of: NO_FACTS }, path: "a literal list" };
}

function checkAll(
  values: readonly unknown[],
  position: Position,
  compilation: Compilation,
): Checked[] {
  return values.map((value, index) =>
    check(value, { ...position, at: [...position.at, index] }, compilation),
  );
}

function refuseOperator(name: string, { at }: Position, compilation: Compilation): Checked {
  const near = meantKey(name, OPERATOR_NAMES);
  return refuse(compilation, at, {
    onKey: true,
    message: `there is no operator ${JSON.stringify(name)}`,
    remedy: near === null ? `use one of ${OPERATOR_NAMES.join(" ")}` : `did you mean ${near}?`,
  });
}

function checkVariable(operands: unknown, position: Position, compilation: Compilation): Checked {
  const [path, ...others] = listed(operands);
  if (typeof path !== "string" || others.length > 0) {
    return refuse(compilation, position.at, {
      message: "var takes one literal path, without a default",
      remedy: "write { var: action.kind }",
    });
  }
  const { scope, at } = position;
  const fact = readFact(compilation, at, { scope, path, onKey: false });
  if (fact === null) return { logic: false, shape: null, path: null };
  if (fact.shape.is === "object") {
    return refuse(compilation, at, {
      message: `${fact.path} holds facts and is no value itself`,
      remedy: `name one of ${Object.keys(fact.shape.fields).join(", ")} in it`,
    });
  }
  // Also a size, which is known to be absent where that side has no file.
  const takenForZero = position.numeric === true && fact.whenNull !== "never";
  const logic = takenForZero ? { known: [fact.logic, fact.path] } : fact.logic;
  return { logic, shape: fact.shape, path: fact.path };
}

function checkOperation(
  operation: Operation,
  position: Position,
  compilation: Compilation,
): Checked {
  const { name, operator, operands } = operation;
  if (operands.length < operator.least || operands.length > operator.most) {
    return refuse(compilation, position.at, {
      message: `${name} takes ${countsOf(operator)} operands, here it has ${operands.length}`,
      remedy: "see jsonlogic.com/operations.html",
    });
  }
  if (operator.kind === "scoped" || operator.kind === "fold") {
    return checkWalk(operation, position, compilation);
  }
  if (position.numeric === true && name === "if" && operands.length % 2 === 0) {
    return refuse(compilation, position.at, {
      message: "an if without an else gives null, which would be taken for 0",
      remedy: "add the number that it gives where no condition holds",
    });
  }
  const checked = operands.map((operand, index) => {
    const numeric = takesNullForZero(operation, index, position);
    return check(operand, { ...position, numeric, at: [...position.at, index] }, compilation);
  });
  checkOperands({ ...operation, checked }, position.at, compilation);
  return { logic: { [name]: checked.map(({ logic }) => logic) }, shape: null, path: null };
}

/** Whether null as this operand would be taken for 0, also where `if`, `and` or `or` hands it on. */
function takesNullForZero(
  { name, operator, operands }: Operation,
  index: number,
  { numeric = false }: Position,
): boolean {
  const isLast = index === operands.length - 1;
  const handsOn =
    name === "and" || (name === "or" && isLast) || (name === "if" && (isLast || index % 2 === 1));
  return operator.kind === "number" || (numeric && handsOn);
}

function countsOf({ least, most }: Operator): string {
  return least === most ? String(least) : `${least} to ${most}`;
}

function checkWalk(
  { name, operator, operands }: Operation,
  { scope, at }: Position,
  compilation: Compilation,
): Checked {
  const [listOperand, body, ...rest] = operands;
  const list = check(listOperand, { scope, at: [...at, 0] }, compilation);
  if (list.shape?.is !== "list") {
    return refuse(compilation, [...at, 0], {
      message: `${name} walks a list, and its first operand is none`,
      remedy: "name a list, for example { var: change.files }",
    });
  }
  if (!rest.every((start) => typeof start === "number")) {
    return refuse(compilation, [...at, 2], {
      message: "reduce starts from a number",
      remedy: "write the number that it counts or adds up from, for example 0",
    });
  }
  const element = list.shape.of;
  const isFold = operator.kind === "fold";
  const inner = elementScope(isFold ? folded(element) : element, list.path);
  const { logic } = check(body, { scope: inner, at: [...at, 1], numeric: isFold }, compilation);
  const shape = name === "filter" ? list.shape : name === "map" ? MAPPED : null;
  return { logic: { [name]: [list.logic, logic, ...rest] }, shape, path: list.path };
}

const MAPPED: Shape = { is: "list", whenNull: "never", of: NO_FACTS };

function folded(element: Shape): Shape {
  const accumulator: Shape = { is: "number", whenNull: "never", comparison: "exact", values: null };
  return { ...NO_FACTS, fields: { current: element, accumulator } };
}
