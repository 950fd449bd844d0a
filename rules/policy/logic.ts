import jsonLogic from "json-logic-js";
import { compareBytes } from "../change/path-order.ts";
import { onceForEach } from "../capabilities/once-for-each.ts";
import { RulesError } from "../rules-error.ts";
import { directLeaf } from "./direct-leaf.ts";
import { testPattern, type PatternKind } from "./pattern.ts";
import type { JsonLogic } from "./policy-set.ts";
import { isWithin, readWindow } from "./time-window.ts";

/**
 * The operators that we add to JSON Logic:
 *
 *     {"path": [TEXT, GLOB]}      TEXT is a path that matches GLOB; null matches nothing
 *     {"name": [TEXT, GLOB]}      the same for a name, whose `*` takes any character
 *     {"search": [TEXT, PATTERN]} the RE2 PATTERN is found in TEXT; null holds nothing
 *     {"known": [VALUE, PATH]}    VALUE; null throws FACT_UNKNOWN, naming PATH
 *     {"known": [VALUE, PATH, GUARD]} VALUE; null throws only where GUARD is not null
 *     {"within": [TIME, WINDOW]}  TIME (RFC 3339) lies in WINDOW, which is JSON; null in none, and what is
 *                                 no time throws FACT_UNKNOWN
 */
const PATTERN_OPERATORS = ["path", "name", "search"] as const satisfies readonly PatternKind[];

for (const kind of PATTERN_OPERATORS) {
  jsonLogic.add_operation(
    kind,
    (text: unknown, source: unknown) =>
      typeof text === "string" && testPattern(kind, String(source), text),
  );
}
jsonLogic.add_operation("known", knownValue);
jsonLogic.add_operation("within", isWithinWindow);

/**
 * Evaluates compiled logic over data as JSON Logic's truth: an empty list is false.
 *
 * Throws `FACT_UNKNOWN` only where what is unknown decides, in whatever order the parts stand: a part
 * that is false makes an `and` false beside others that nobody can tell, and one that is true an `or`
 * true (Kleene's logic).
 */
export function isTrue(logic: JsonLogic, data: unknown): boolean {
  const truth = truthOf(logic, data);
  if (typeof truth === "boolean") return truth;
  throw new RulesError("FACT_UNKNOWN", truth.unknown);
}

/** What nobody can tell, as this fact is unknown. */
export interface Untold {
  readonly unknown: string;
}

/** True, false, or what is unknown that decides: of several facts the first by its path. */
export function truthOf(logic: JsonLogic, data: unknown): boolean | Untold {
  return (typeof logic === "object" && logic !== null ? known(logic) : asked(logic))(data);
}

type Asked = (data: unknown) => boolean | Untold;

/** A condition is asked of many items: how its parts are joined is found out once. */
const known = onceForEach((logic: object): Asked => asked(logic));

function asked(logic: JsonLogic): Asked {
  const [operator, operands] = operationOf(logic);
  if (operator === "and" || operator === "or") return joined(operator === "or", operands);
  const walk = Object.hasOwn(WALKS, operator) ? WALKS[operator] : undefined;
  if (walk && operands.length === 2) return walked(walk, operands);
  if (operator !== "!" || operands.length !== 1) return directLeaf(logic) ?? leaf(logic);
  const inner = asked(operands[0]);
  return (data) => {
    const truth = inner(data);
    return typeof truth === "boolean" ? !truth : truth;
  };
}

/** One part that is `decisive` decides; none of them where all are known. */
function joined(decisive: boolean, operands: readonly JsonLogic[]): Asked {
  const parts = operands.map(asked);
  return (data) => {
    let untold: Untold | null = null;
    for (const part of parts) {
      const truth = part(data);
      if (truth === decisive) return decisive;
      if (typeof truth !== "boolean") untold = firstOf(untold, truth);
    }
    return untold ?? !decisive;
  };
}

/** What one element decides, where its answer is `by`; without such a one it is the opposite. */
interface Walk {
  readonly by: boolean;
  readonly decides: boolean;
  readonly ofNothing: boolean;
}

const WALKS: Readonly<Record<string, Walk>> = {
  some: { by: true, decides: true, ofNothing: false },
  none: { by: true, decides: false, ofNothing: true },
  // JSON Logic has it so: nothing is not all.
  all: { by: false, decides: false, ofNothing: false },
};

function walked({ by, decides, ofNothing }: Walk, [list, body]: readonly JsonLogic[]): Asked {
  const inner = asked(body);
  return (data) => {
    const elements = valueOf(list, data);
    if (isUntold(elements)) return elements;
    if (!Array.isArray(elements) || elements.length === 0) return ofNothing;
    let untold: Untold | null = null;
    for (const element of elements) {
      const truth = inner(element);
      if (truth === by) return decides;
      if (typeof truth !== "boolean") untold = firstOf(untold, truth);
    }
    return untold ?? !decides;
  };
}

function firstOf(one: Untold | null, other: Untold): Untold {
  return one !== null && compareBytes(one.unknown, other.unknown) <= 0 ? one : other;
}

function leaf(logic: JsonLogic): Asked {
  return (data) => {
    const value = valueOf(logic, data);
    return isUntold(value) ? value : jsonLogic.truthy(value);
  };
}

/** Facts hold no such thing: only an unknown one gives it. */
class UnknownFact implements Untold {
  readonly unknown: string;

  constructor(unknown: string) {
    this.unknown = unknown;
  }
}

function isUntold(value: unknown): value is Untold {
  return value instanceof UnknownFact;
}

function valueOf(logic: JsonLogic, data: unknown): unknown {
  try {
    return jsonLogic.apply(logic as never, data);
  } catch (error) {
    if (error instanceof RulesError && error.code === "FACT_UNKNOWN") {
      return new UnknownFact(error.message);
    }
    throw error;
  }
}

/** The operator of `{"and": […]}` with its operands, of which one may stand alone; `["", []]` of a value. */
export function operationOf(logic: JsonLogic): readonly [string, readonly JsonLogic[]] {
  if (typeof logic !== "object" || logic === null || Array.isArray(logic)) return NO_OPERATION;
  for (const operator in logic) {
    const operands = (logic as Readonly<Record<string, unknown>>)[operator];
    return [operator, Array.isArray(operands) ? (operands as JsonLogic[]) : [operands]];
  }
  return NO_OPERATION;
}

const NO_OPERATION = ["", []] as const;

function isWithinWindow(time: unknown, written: unknown): boolean {
  if (time === null) return false;
  const read = readWindow(JSON.parse(String(written)) as object);
  const at = typeof time === "string" ? Date.parse(time) : NaN;
  if (Number.isNaN(at) || !("window" in read)) throw new RulesError("FACT_UNKNOWN", "the time");
  return isWithin(read.window, at);
}

function knownValue(value: unknown, path: unknown, guard: unknown = true): unknown {
  if (value !== null || guard === null) return value;
  throw new RulesError("FACT_UNKNOWN", String(path));
}
