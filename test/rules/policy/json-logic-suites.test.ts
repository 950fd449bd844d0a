import { existsSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import jsonLogic from "json-logic-js";
import { LogicEngine } from "json-logic-engine";
import { expect, test } from "vitest";
import { isMap } from "../../../rules/policy/maps.ts";
import { findOperator } from "../../../rules/policy/operators.ts";

const SUITES = "../shared/vectors/json-logic/suites";
const suiteTest = test.skipIf(!existsSync(SUITES));

/** One published case; other entries of a suite are headings. `error` cases expect a refusal. */
interface SuiteCase {
  readonly suite: string;
  readonly description: string;
  readonly rule: unknown;
  readonly data?: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
  /** The result is a fraction, to be compared as one. */
  readonly decimal?: boolean;
}

/** The suite that json-logic-js publishes itself (jsonlogic.com/tests.json). */
const OWN_SUITE = "compatible.json";

function readSuites(): readonly SuiteCase[] {
  const names = parse("index.json") as string[];
  return names.flatMap((suite) =>
    (parse(suite) as unknown[]).flatMap((entry) =>
      isMap(entry) ? [{ ...entry, suite } as unknown as SuiteCase] : [],
    ),
  );
}

function parse(name: string): unknown {
  return JSON.parse(readFileSync(`${SUITES}/${name}`, "utf8"));
}

/**
 * Why a case is outside what a `when` admits, null where it is inside: then the engine has to give
 * what is published. The other suites' newer operators and errors are what json-logic-js never claimed.
 */
function outside({ rule, error }: SuiteCase): string | null {
  return outsideRule(rule) ?? (error === undefined ? null : "an error is expected");
}

function outsideRule(rule: unknown): string | null {
  if (Array.isArray(rule)) return firstOf(rule.map(outsideRule));
  if (!isMap(rule)) return null;
  const [entry, ...others] = Object.entries(rule);
  if (entry === undefined || others.length > 0) return "a map without one operator";
  const [name, given] = entry;
  const operands: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (name === "var") return isPath(operands) ? null : "a var that is no literal path";
  const operator = findOperator(name);
  if (operator === null || operator.kind === "pattern") return "another operator";
  const { least, most } = operator;
  const counted = operands.length >= least && operands.length <= most;
  return counted ? outsideRule(operands) : "another count of operands";
}

function firstOf(reasons: readonly (string | null)[]): string | null {
  return reasons.find((reason) => reason !== null) ?? null;
}

function isPath(operands: readonly unknown[]): boolean {
  return operands.length === 1 && typeof operands[0] === "string";
}

/** What json-logic-js gives otherwise than is published, and why no `when` meets it. */
const DIFFERENCES = [
  {
    because: "+ and * read numbers as parseFloat does; a when adds up numbers only",
    operators: ["+", "*"],
    count: 9,
  },
  {
    because: "null equals nothing but null; a when compares no number with null",
    operators: ["==", "!="],
    count: 2,
  },
];

function gives(given: unknown, { result, decimal }: SuiteCase): boolean {
  if (decimal === true) return Math.abs(Number(given) - Number(result)) < 1e-9;
  // JSON has one zero, JavaScript two.
  return isDeepStrictEqual(given === 0 ? 0 : given, result);
}

function evaluate({ rule, data }: SuiteCase): unknown {
  return jsonLogic.apply(rule as never, data);
}

suiteTest("every case of json-logic-js's own suite gives what is published", () => {
  const cases = readSuites().filter(({ suite }) => suite === OWN_SUITE);
  expect(cases).toHaveLength(278);
  expect(cases.filter((one) => !gives(evaluate(one), one))).toEqual([]);
});

suiteTest(
  "every case of every suite that a when admits gives what is published, but for named differences",
  () => {
    const inside = readSuites().filter((one) => outside(one) === null);
    expect(inside).toHaveLength(649);
    const wrong = inside.filter((one) => !gives(evaluate(one), one));
    for (const { operators, count } of DIFFERENCES) {
      const named = wrong.filter(({ rule }) =>
        operators.includes(Object.keys(rule as object)[0] ?? ""),
      );
      expect(named).toHaveLength(count);
    }
    expect(wrong).toHaveLength(11);
  },
);

suiteTest("what is left out of the suites is left out by rule, and counted", () => {
  const counts = Map.groupBy(readSuites(), (one) => outside(one) ?? "inside");
  expect(Object.fromEntries([...counts].map(([why, cases]) => [why, cases.length]))).toEqual({
    inside: 649,
    "another operator": 254,
    "another count of operands": 152,
    "an error is expected": 52,
    "a map without one operator": 20,
    "a var that is no literal path": 11,
  });
});

suiteTest("the oracle gives what is published in every case that a when admits", () => {
  const oracle = new LogicEngine(undefined, { disableInterpretedOptimization: true });
  const inside = readSuites().filter((one) => outside(one) === null);
  const wrong = inside.filter((one) => !gives(oracle.run(one.rule, one.data), one));
  expect(wrong).toEqual([]);
});
