import fc from "fast-check";
import { LogicEngine } from "json-logic-engine";
import { describe, expect, test } from "vitest";
import type { Facts } from "../../../rules/facts/facts.ts";
import type { Compilation } from "../../../rules/policy/findings.ts";
import { isTrue, operationOf } from "../../../rules/policy/logic.ts";
import { compileMatch } from "../../../rules/policy/match.ts";
import type { Each, JsonLogic } from "../../../rules/policy/policy-set.ts";
import { itemScope, wholeScope } from "../../../rules/policy/scope.ts";
import { compileWhen } from "../../../rules/policy/when.ts";
import { RulesError } from "../../../rules/rules-error.ts";
import { capabilityFact, facts, fileFact } from "./arbitrary-facts.ts";
import { matchOver } from "./arbitrary-match.ts";
import { whenOver } from "./arbitrary-when.ts";
import { isMeant } from "./known-patterns.ts";
import { interpret, Unknown } from "./match-interpreter.ts";

/** What a condition comes to: `unknown` needs what the host does not know; an oracle may refuse. */
type Answer = boolean | "unknown" | "refused";

/** Another implementation of JSON Logic, with our patterns' meanings written down apart. */
function openOracle(): LogicEngine {
  const oracle = new LogicEngine(undefined, {
    disableInterpretedOptimization: true,
    maxDepth: Number.POSITIVE_INFINITY,
  });
  for (const kind of ["path", "name", "search"] as const) {
    oracle.addMethod(kind, ([text, source]: unknown[]) => isMeant(kind, source, text));
  }
  return oracle;
}

function askOracle(oracle: LogicEngine, when: unknown, data: unknown): Answer {
  try {
    return Boolean(oracle.truthy(oracle.run(when, data)));
  } catch {
    return "refused";
  }
}

function ask(logic: JsonLogic, data: unknown): Answer {
  try {
    return isTrue(logic, data);
  } catch (error) {
    if (error instanceof RulesError && error.code === "FACT_UNKNOWN") return "unknown";
    throw error;
  }
}

function askInterpreter(match: unknown, data: unknown, each: Each | null): Answer {
  try {
    return interpret(match, data, each);
  } catch (error) {
    if (error instanceof Unknown) return "unknown";
    throw error;
  }
}

function sound(compile: (compilation: Compilation) => JsonLogic): JsonLogic {
  const compilation: Compilation = { findings: [], reads: new Set() };
  const logic = compile(compilation);
  expect(compilation.findings).toEqual([]);
  return logic;
}

function compiledWhen(when: unknown, each: Each | null): JsonLogic {
  return sound((into) => compileWhen(when, { scope: wholeScope(each), at: [] }, into));
}

const items = { files: fileFact, capabilities: capabilityFact };

/** Conditions over the document or one item, with data to ask them of. */
function cases<Condition>(over: (each: Each | null) => fc.Arbitrary<Condition>) {
  const alone = facts.map((of): Facts & { item?: unknown } => of);
  const all = ([null, "files", "capabilities"] as const).map((each) => {
    const item: fc.Arbitrary<unknown> = each === null ? fc.constant(undefined) : items[each];
    const data = fc
      .tuple(alone, item)
      .map(([of, one]) => (one === undefined ? of : { ...of, item: one }));
    return fc.record({ each: fc.constant<Each | null>(each), condition: over(each), data });
  });
  return fc.oneof(...all);
}

/**
 * Where the engines differ by design. Each is shown by an example below, and taken from the oracle
 * (or told by what it needs) before the two are compared.
 */
const DIFFERENCES = [
  {
    name: "null equals 0 and false for the oracle; here it equals nothing but null",
    when: { "==": [{ var: "action.number" }, 0] },
    ours: false,
    theirs: true,
  },
  {
    name: "the oracle refuses what is divided by 0; here it is no number, and compares as false",
    when: { "<": [{ "%": [{ var: "change.filesCount" }, 0] }, 5] },
    ours: false,
    theirs: "refused",
  },
  {
    name: "the oracle refuses to reckon with null; here a part that is true decides beside it",
    when: { or: [{ "<": [{ max: [{ var: "action.number" }] }, 5] }, true] },
    ours: true,
    theirs: "refused",
  },
] as const;

function maybeDividesByZero(when: unknown): boolean {
  return /"[/%]":/.test(JSON.stringify(when));
}

/** Whether one of the parts that `and`, `or` and `!` join is beyond telling. */
function hasUntoldPart(logic: JsonLogic, data: unknown): boolean {
  const [operator, operands] = operationOf(logic);
  if (!["and", "or", "!"].includes(operator)) return ask(logic, data) === "unknown";
  return operands.some((operand) => hasUntoldPart(operand, data));
}

/** Our evaluation against others' readings of the same conditions; each law is tried `runs` times. */
export function oracleLaws(runs: number, seed?: number): void {
  const options = { numRuns: runs, ...(seed !== undefined && { seed }) };

  describe("conditions against other readings of them", () => {
    test("a when gives what another implementation of JSON Logic gives, but for the named differences", () => {
      const oracle = openOracle();
      oracle.addMethod("==", ([one, other]: unknown[]) => one == other);
      oracle.addMethod("!=", ([one, other]: unknown[]) => one != other);
      const property = fc.property(cases(whenOver), ({ each, condition, data }) => {
        const logic = compiledWhen(condition, each);
        const ours = ask(logic, data);
        const theirs = askOracle(oracle, condition, data);
        if (ours === "unknown") return;
        if (theirs !== "refused") expect(ours).toBe(theirs);
        else expect(maybeDividesByZero(condition) || hasUntoldPart(logic, data)).toBe(true);
      });
      fc.assert(property, options);
    });

    test("a compiled match gives what reading it directly gives, unknown facts included", () => {
      const property = fc.property(cases(matchOver), ({ each, condition, data }) => {
        const logic = sound((into) =>
          compileMatch(condition, { scope: itemScope(each), at: [] }, into),
        );
        const seen = "item" in data ? data.item : data;
        expect(ask(logic, data)).toBe(askInterpreter(condition, seen, each));
      });
      fc.assert(property, options);
    });

    test.each(DIFFERENCES)("known difference: $name", ({ when, ours, theirs }) => {
      const data = { action: { number: null }, change: { filesCount: 3 } };
      expect(ask(compiledWhen(when, null), data)).toBe(ours);
      expect(askOracle(openOracle(), when, data)).toBe(theirs);
    });
  });
}
