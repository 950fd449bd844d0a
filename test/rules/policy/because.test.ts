import fc from "fast-check";
import { expect, test } from "vitest";
import { because } from "../../../rules/policy/because.ts";
import { isTrue } from "../../../rules/policy/logic.ts";
import { policyOf } from "../sample-evidence.ts";

const item = { delta: "raised", kind: "npm.script", after: "install", context: "make" };

function reasons(lines: string, data: unknown = { item }): string[] {
  const { condition } = policyOf(`each: capabilities\n${lines}`);
  return because(condition, data);
}

test.each([
  { lines: "match: { delta: raised }", said: ['item.delta is "raised"'] },
  {
    lines: "match: { delta: [added, raised], after: install }",
    said: ['item.after is "install"', 'item.delta is "raised"'],
  },
  { lines: 'match: { kind: "npm.*" }', said: ['item.kind "npm.script" matches "npm.*"'] },
  {
    lines: "match: { after: { not: checkout } }",
    said: ['item.after "install" is not "checkout"'],
  },
  {
    lines: "match: { not: { delta: raised, after: checkout } }",
    said: ['item.after "install" is not "checkout"'],
  },
  {
    lines: 'match: { context: { matches: "^m" } }',
    said: ['item.context "make" matches "^m"'],
  },
  {
    lines:
      'when: { "none": [{ "var": "capabilities" }, { "==": [{ "var": "kind" }, "tree.test"] }] }',
    said: ['{"none":[{"var":"capabilities"},{"==":[{"var":"kind"},"tree.test"]}]}'],
  },
])("$lines holds because of $said", ({ lines, said }) => {
  expect(reasons(lines, { item, capabilities: [] }).sort()).toEqual([...said].sort());
});

test("what decides is named whatever the condition is: one part for each that is asked together", () => {
  const leaf = fc.constantFrom("a", "b", "c").map((name) => ({ "===": [{ var: name }, true] }));
  const { condition } = fc.letrec((tie) => ({
    condition: fc.oneof(
      { depthSize: "small" },
      leaf,
      fc.record({ and: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ or: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
      tie("condition").map((inner) => ({ "!": [inner] })),
    ),
  }));
  const facts = fc.record({ a: fc.boolean(), b: fc.boolean(), c: fc.boolean() });
  fc.assert(
    fc.property(condition, facts, (logic, data) => {
      const holds = isTrue(logic, data);
      const named = because(logic, data, holds).map((text) => text.charAt(0));
      // With what was not named turned round, the condition comes out the same.
      const turned = Object.fromEntries(
        Object.entries(data).map(([name, value]) => [name, named.includes(name) ? value : !value]),
      );
      return named.length > 0 && isTrue(logic, turned) === holds;
    }),
  );
});
