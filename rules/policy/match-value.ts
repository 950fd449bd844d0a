import type { ScalarShape, WhenNull } from "../facts/schema.ts";
import { describeShape } from "./fact-paths.ts";
import { isOfType, meantValue, namesOf } from "./fact-values.ts";
import { checkPattern, type Compilation, type Pointer } from "./findings.ts";
import { compileWithin } from "./match-time.ts";
import { meantKey } from "./meant-key.ts";
import { isMap } from "./maps.ts";
import type { JsonLogic } from "./policy-set.ts";

/** A value that a fact is tested with, where it stands, and what the fact holds. */
export interface Test {
  readonly value: unknown;
  readonly at: Pointer;
  readonly shape: ScalarShape;
}

/** The shape of a fact with the nulls that lie on its way. */
export function testable(shape: ScalarShape, whenNull: WhenNull): ScalarShape {
  return { ...shape, whenNull };
}

type Compile = (given: Test, compilation: Compilation) => JsonLogic;

/**
 * Compiles the test of one fact.
 *
 *     text | number | true     equal; a glob where the fact is a path, kind, name, source or branch
 *     null                     absent; refused where null means unknown
 *     [a, b]                   either
 *     { not: V }               not V, absent included
 *     { any: [V, W] }          either
 *     { atLeast: 3, atMost: 9 } numbers, both ends included; what is absent is neither
 *     { matches: "^v[0-9]" }   an RE2 pattern, found anywhere
 *     { within: WINDOW }       a time in a window: see time-window.ts
 *
 * Several keys of one map are ANDed. What the fact can never be is a finding, not a silent false.
 */
export function compileTest(fact: JsonLogic, test: Test, compilation: Compilation): JsonLogic {
  return compileValue(test, compilation, (given) => compileScalar(fact, given, compilation));
}

/** The same for a list of texts (labels): one of them passes, and under `not` none does. */
export function compileListTest(list: JsonLogic, test: Test, compilation: Compilation): JsonLogic {
  return compileValue(test, compilation, (given) => ({
    some: [list, compileScalar({ var: "" }, given, compilation)],
  }));
}

function compileValue(test: Test, compilation: Compilation, leaf: Compile): JsonLogic {
  const { value, at } = test;
  if (Array.isArray(value)) return compileAlternatives(test, value, { compilation, leaf });
  if (!isMap(value)) return leaf(test, compilation);
  const parts = Object.entries(value).map(([operator, operand]) => {
    const inner: Test = { ...test, value: operand, at: [...at, operator] };
    if (operator === "not") return { "!": [compileValue(inner, compilation, leaf)] };
    if (operator === "any") return compileValue(inner, compilation, leaf);
    return leaf({ ...test, value: { [operator]: operand } }, compilation);
  });
  if (parts.length === 0)
    return refuse(
      compilation,
      test,
      "an empty map tests nothing",
      `write a value, ${describeShape(test.shape)}`,
    );
  return parts.length === 1 ? parts[0] : { and: parts };
}

function compileAlternatives(
  test: Test,
  values: readonly unknown[],
  { compilation, leaf }: { compilation: Compilation; leaf: Compile },
): JsonLogic {
  if (values.length === 0)
    return refuse(
      compilation,
      test,
      "an empty list matches nothing",
      `list at least one value, ${describeShape(test.shape)}`,
    );
  const choices = values.map((value, index) =>
    compileValue({ ...test, value, at: [...test.at, index] }, compilation, leaf),
  );
  return choices.length === 1 ? choices[0] : { or: choices };
}

function compileScalar(fact: JsonLogic, test: Test, compilation: Compilation): JsonLogic {
  const { value, shape } = test;
  if (value === null) return compileAbsent(fact, test, compilation);
  if (isMap(value)) return compileOperator(fact, test, value, compilation);
  if (!isOfType(shape, value)) {
    const message = `${JSON.stringify(value)} is not ${describeShape(shape)}`;
    return refuse(compilation, test, message, asType(shape, value));
  }
  if (typeof value === "string" && shape.comparison !== "exact") {
    return compileGlob(fact, { test, source: value, kind: shape.comparison }, compilation);
  }
  if (shape.values !== null && !shape.values.includes(String(value))) {
    compilation.findings.push({
      at: test.at,
      message: `this fact is never ${JSON.stringify(value)}`,
      remedy: meantValue(shape.values, String(value)),
    });
    return false;
  }
  return { "===": [fact, value] };
}

function compileAbsent(fact: JsonLogic, test: Test, compilation: Compilation): JsonLogic {
  if (test.shape.whenNull === "absent") return { "===": [fact, null] };
  const why =
    test.shape.whenNull === "never"
      ? "this fact is never absent"
      : "null means unknown here, and what is unknown cannot be matched";
  return refuse(compilation, test, why);
}

function compileGlob(
  fact: JsonLogic,
  { test, source, kind }: { test: Test; source: string; kind: "path" | "name" },
  compilation: Compilation,
): JsonLogic {
  checkPattern(compilation, test.at, { kind, source, values: namesOf(test.shape) });
  return { [kind]: [fact, source] };
}

function compileOperator(
  fact: JsonLogic,
  test: Test,
  written: Record<string, unknown>,
  compilation: Compilation,
): JsonLogic {
  const [operator = "", operand] = Object.entries(written)[0] ?? [];
  const inner: Test = { ...test, value: operand, at: [...test.at, operator] };
  if (operator === "matches") return compileMatches(fact, inner, compilation);
  if (operator === "atLeast") return compileBound(fact, { test: inner, sign: ">=" }, compilation);
  if (operator === "atMost") return compileBound(fact, { test: inner, sign: "<=" }, compilation);
  if (operator === "within" && test.shape.isTime === true) {
    return compileWithin(fact, inner, compilation);
  }
  const near = meantKey(operator, ["not", "any", "atLeast", "atMost", "matches", "within"]);
  compilation.findings.push({
    at: inner.at,
    onKey: true,
    message: `there is no operator ${JSON.stringify(operator)}`,
    remedy:
      near === null
        ? "use not, any, atLeast, atMost or matches; of a time within"
        : `did you mean ${near}?`,
  });
  return false;
}

function compileMatches(fact: JsonLogic, test: Test, compilation: Compilation): JsonLogic {
  if (typeof test.value !== "string" || test.shape.is !== "text") {
    const remedy = test.shape.is === "text" ? 'write one, as matches: "^v[0-9]"' : undefined;
    return refuse(compilation, test, "matches tests a text with a pattern", remedy);
  }
  const { value: source, shape } = test;
  checkPattern(compilation, test.at, { kind: "search", source, values: namesOf(shape) });
  return { search: [fact, source] };
}

function compileBound(
  fact: JsonLogic,
  { test, sign }: { test: Test; sign: ">=" | "<=" },
  compilation: Compilation,
): JsonLogic {
  if (test.shape.is !== "number" || !isOfType(test.shape, test.value)) {
    const remedy = test.shape.is === "number" ? "write a number, without quotes" : undefined;
    return refuse(compilation, test, "atLeast and atMost compare a number with a number", remedy);
  }
  // JSON Logic takes null for 0, so that an absent number would be small.
  return { and: [{ "!==": [fact, null] }, { [sign]: [fact, test.value] }] };
}

/** What to write where a value of the wrong type is meant. */
function asType(shape: ScalarShape, value: unknown): string {
  if (shape.is === "text") return `put it in quotes: ${JSON.stringify(String(value))}`;
  return shape.is === "flag"
    ? "write true or false, without quotes"
    : "write a number, without quotes";
}

function refuse(
  { findings }: Compilation,
  { at, shape }: Test,
  message: string,
  remedy = `this fact is ${describeShape(shape)}: test it as one`,
): JsonLogic {
  findings.push({ at, message, remedy });
  return false;
}
