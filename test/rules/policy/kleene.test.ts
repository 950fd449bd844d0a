import fc from "fast-check";
import { expect, test } from "vitest";
import { isTrue, operationOf, truthOf } from "../../../rules/policy/logic.ts";
import type { JsonLogic } from "../../../rules/policy/policy-set.ts";
import { RulesError } from "../../../rules/rules-error.ts";

const NAMES = ["a", "b", "c"] as const;
type Values = Readonly<Record<(typeof NAMES)[number], boolean | null>>;

const fact = (name: string): JsonLogic => ({ "===": [{ known: [{ var: name }, name] }, true] });

const { condition } = fc.letrec<{ condition: JsonLogic }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(...NAMES).map(fact),
    fc.record({ and: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ or: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
    tie("condition").map((inner) => ({ "!": [inner] })),
  ),
}));
const value = fc.constantFrom(true, false, null);
const values: fc.Arbitrary<Values> = fc.record({ a: value, b: value, c: value });

/** The same with the parts of each `and` and `or` the other way round. */
function reversed(logic: JsonLogic): JsonLogic {
  const [operator, operands] = operationOf(logic);
  if (operator === "===") return logic;
  return { [operator]: operands.map(reversed).reverse() };
}

test("the order of parts never matters, nor which of two unknown facts is told", () => {
  fc.assert(
    fc.property(condition, values, (logic, data) => {
      expect(truthOf(reversed(logic), data)).toEqual(truthOf(logic, data));
    }),
  );
});

test("what is told true or false stays so, whatever the unknown facts turn out to be", () => {
  fc.assert(
    fc.property(condition, values, values, (logic, data, later) => {
      const told = truthOf(logic, data);
      if (typeof told !== "boolean") return;
      const known = Object.fromEntries(
        NAMES.map((name) => [name, data[name] ?? later[name] ?? false]),
      );
      expect(isTrue(logic, known)).toBe(told);
    }),
  );
});

test("of several unknown facts that decide the first by its path is told", () => {
  const logic = { and: [fact("c"), fact("b"), fact("a")] };
  expect(truthOf(logic, { a: true, b: null, c: null })).toEqual({ unknown: "b" });
  expect(truthOf(logic, { a: false, b: null, c: null })).toBe(false);
  expect(() => isTrue(logic, { a: true, b: null, c: null })).toThrow(
    expect.objectContaining({ constructor: RulesError, code: "FACT_UNKNOWN", message: "b" }),
  );
});
