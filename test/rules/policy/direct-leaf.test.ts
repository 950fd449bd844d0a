import fc from "fast-check";
import jsonLogic from "json-logic-js";
import { expect, test } from "vitest";
import { directLeaf } from "../../../rules/policy/direct-leaf.ts";
import "../../../rules/policy/logic.ts"; // It brings the operators that JSON Logic has not.
import { RulesError } from "../../../rules/rules-error.ts";

const scalar = fc.constantFrom(
  null,
  true,
  false,
  0,
  1,
  5,
  "",
  "5",
  "a",
  "src/a.ts",
  "src/*",
  "a|b",
);
const path = fc.constantFrom("a", "item.a", "item.b", "item.b.c", "none.at.all", "item");
const variable = path.map((at) => ({ var: at }));
const fact = fc.oneof(
  variable,
  path.map((at) => ({ var: [at] })),
  fc.tuple(variable, path).map((known) => ({ known })),
  fc.tuple(variable, path, variable).map((known) => ({ known })),
);
const operator = fc.constantFrom("===", "!==", ">=", "<=", "path", "name", "search");
const leaf = fc
  .tuple(operator, fact, scalar)
  .map(([name, left, right]) => ({ [name]: [left, right] }));
const plain = { noNullPrototype: true } as const;
const below = fc.oneof(scalar, fc.record({ c: scalar }, plain));
const item = fc.oneof(scalar, fc.record({ a: scalar, b: below }, plain));
const data = fc.record({ a: scalar, item }, { ...plain, requiredKeys: [] });

/** What asking comes to, by whatever is asked. */
function told(ask: () => unknown): unknown {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof RulesError)) throw error;
    return error.code === "FACT_UNKNOWN" ? { unknown: error.message } : error.code;
  }
}

test("a part that is asked directly says what json-logic-js says of it", () => {
  fc.assert(
    fc.property(leaf, data, (logic, document) => {
      const direct = directLeaf(logic);
      expect(direct).not.toBeNull();
      expect(told(() => direct?.(document))).toEqual(
        told(() => jsonLogic.truthy(jsonLogic.apply(logic as never, document))),
      );
    }),
    { numRuns: 2_000 },
  );
});

test("a pattern that cannot be compiled is refused when a text is tested, as before", () => {
  const direct = directLeaf({ search: [{ var: "a" }, "("] });
  expect(told(() => direct?.({ a: null }))).toBe(false);
  expect(told(() => direct?.({ a: "x" }))).toBe("PATTERN_INVALID");
});

test.each([
  { what: "a literal", logic: true },
  { what: "two operators", logic: { "===": [{ var: "a" }, 1], "!==": [{ var: "a" }, 1] } },
  { what: "another operator", logic: { in: [{ var: "a" }, "x"] } },
  { what: "facts on both sides", logic: { "===": [{ var: "a" }, { var: "b" }] } },
  { what: "a literal first", logic: { "===": [1, { var: "a" }] } },
  { what: "a list", logic: { "===": [{ var: "a" }, [1]] } },
  { what: "the element itself", logic: { "===": [{ var: "" }, 1] } },
  { what: "a fact with a default", logic: { "===": [{ var: ["a", 1] }, 1] } },
  { what: "a fact whose path is worked out", logic: { "===": [{ var: { var: "a" } }, 1] } },
  { what: "three operands", logic: { "<=": [{ var: "a" }, 1, 2] } },
  { what: "an operator of the value", logic: { "===": [{ "!!": [{ var: "a" }] }, true] } },
])("$what is left to json-logic-js", ({ logic }) => {
  expect(directLeaf(logic)).toBeNull();
});
