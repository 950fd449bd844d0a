import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Facts } from "../../../rules/facts/facts.ts";
import { stepsOf } from "../../../rules/policy/effort.ts";
import { evaluatePolicies } from "../../../rules/policy/evaluate-all.ts";
import { bo, factsOf, policyOf, review, someCapability, someFile } from "../sample-evidence.ts";

function filesOf(count: number, path = "src/a"): Facts {
  const files = Array.from({ length: count }, (_, n) => ({ ...someFile, path: `${path}${n}` }));
  return factsOf({}, files);
}

function stepsBy(lines: string, facts: Facts): number {
  return stepsOf([policyOf(lines)], facts);
}

const WALK = 'some: [{ var: change.files }, { "==": [{ var: status }, added] }]';

describe("the steps of a condition grow with", () => {
  test.each([
    { what: "the items that it walks", lines: "each: files\nmatch: { status: added }", times: 10 },
    { what: "the elements of a list inside", lines: `when: { ${WALK} }`, times: 9 },
    { what: "both, one times the other", lines: `each: files\nwhen: { ${WALK} }`, times: 90 },
    {
      what: "a list that is filtered first",
      lines: `when: { some: [{ filter: [{ var: change.files }, true] }, { "==": [{ var: status }, added] }] }`,
      times: 9,
    },
  ])("$what", ({ lines, times }) => {
    const [few, many] = [stepsBy(lines, filesOf(10)), stepsBy(lines, filesOf(100))];
    expect(many / few).toBeGreaterThanOrEqual(times * 0.9);
    expect(many / few).toBeLessThanOrEqual(times * 1.2);
  });

  test("the length of the texts that a pattern reads, and with the pattern's own size", () => {
    const short = filesOf(10);
    const long = filesOf(10, "a".repeat(4_000));
    const glob = "each: files\nmatch: { path: '**/*.ts' }";
    const repeats = "each: files\nmatch: { path: { matches: '(a{1,30}){1,30}b' } }";
    expect(stepsBy(glob, long)).toBeGreaterThan(20 * stepsBy(glob, short));
    expect(stepsBy(repeats, long)).toBeGreaterThan(20 * stepsBy(glob, long));
  });

  test("lists inside the elements of a list", () => {
    const lines =
      'when: { some: [{ var: reviews }, { some: [{ var: via }, { "==": [{ var: "" }, a] }] }] }';
    const given = (count: number): Facts =>
      factsOf({
        reviews: [review(bo, "approved", { via: Array<string>(count).fill("role:read") })],
      });
    expect(stepsBy(lines, given(1_000))).toBeGreaterThan(100 * stepsBy(lines, given(5)));
  });
});

test("the steps of policies are added up, and one more never takes fewer", () => {
  const lines = fc.constantFrom(
    "each: files\nmatch: { path: 'a/**' }",
    `each: capabilities\nwhen: { ${WALK} }`,
    "match: { change.filesCount: { atLeast: 3 } }",
    "each: files\nmatch: { any: [{ path: a }, { not: { path: { matches: 'a|b' } } }] }",
  );
  fc.assert(
    fc.property(fc.array(lines), lines, fc.nat(20), fc.nat(20), (some, more, files, others) => {
      const facts = {
        ...filesOf(files),
        capabilities: Array.from({ length: others }, () => someCapability),
      };
      const larger = { ...facts, change: filesOf(files + 1).change };
      const policies = some.map(policyOf);
      const all = [...policies, policyOf(more)];
      expect(stepsOf(all, facts)).toBe(stepsOf(policies, facts) + stepsBy(more, facts));
      expect(stepsOf(all, larger)).toBeGreaterThanOrEqual(stepsOf(all, facts));
    }),
  );
});

test("policies that take too many steps over a change are not evaluated, and each denies", () => {
  const policies = [
    policyOf("each: files\nmatch: { status: removed }"),
    policyOf(`when: { ${WALK} }`),
  ];
  const facts = filesOf(100);
  const steps = stepsOf(policies, facts);
  const within = evaluatePolicies(policies, facts, { steps, reasons: 10 });
  expect(within.map(({ outcome }) => outcome)).toEqual(["pass", "pass"]);
  const over = evaluatePolicies(policies, facts, { steps: steps - 1, reasons: 10 });
  expect(over).toHaveLength(2);
  for (const { outcome, reasons } of over) {
    expect(outcome).toBe("error");
    expect(reasons).toMatchObject([{ policyId: "bailiff/policy-error", decision: "DENY" }]);
  }
});

test("a policy that walks a list for each file denies over fifty thousand of them, at once", () => {
  const [check] = evaluatePolicies([policyOf(`each: files\nwhen: { ${WALK} }`)], filesOf(50_000));
  expect(check?.outcome).toBe("error");
});
