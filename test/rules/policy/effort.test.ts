import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Facts } from "../../../rules/facts/facts.ts";
import { stepsOf } from "../../../rules/policy/effort.ts";
import { evaluatePolicies } from "../../../rules/policy/evaluate-all.ts";
import {
  bo,
  factsOf,
  policyOf,
  pullRequest,
  review,
  someCapability,
  someFile,
} from "../sample-evidence.ts";

function filesOf(count: number, path = "src/a"): Facts {
  const files = Array.from({ length: count }, (_, n) => ({ ...someFile, path: `${path}${n}` }));
  return factsOf({}, files);
}

function stepsBy(lines: string, facts: Facts): number {
  return stepsOf([policyOf(lines)], facts);
}

const WALK = 'some: [{ var: change.files }, { "==": [{ var: status }, added] }]';

function walking(name: string): string {
  return `when: { ${name}: [{ var: change.files }, { "==": [{ var: status }, added] }] }`;
}

const REPEATS = "(a{1,30}){1,30}b";

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
    { what: "a list of which all have to pass", lines: walking("all"), times: 9 },
    { what: "a list of which none may pass", lines: walking("none"), times: 9 },
    { what: "a list that is filtered", lines: walking("filter"), times: 9 },
    {
      what: "a list that is mapped",
      lines: "when: { in: [a, { map: [{ var: change.files }, { var: path }] }] }",
      times: 9,
    },
    {
      what: "a list that is reduced",
      lines:
        'when: { "==": [2, { reduce: [{ var: change.files }, { "+": [{ var: accumulator }, 1] }, 0] }] }',
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
    expect(stepsBy(glob, short)).toBeLessThan(200);
  });

  test.each<{ where: string; lines: string; given: (text: string) => Partial<Facts> }>([
    {
      where: "a name",
      lines: "each: capabilities\nmatch: { name: '*{a,b,c}*' }",
      given: (name) => ({ capabilities: [{ ...someCapability, name }] }),
    },
    {
      where: "a text that may be unknown",
      lines: `only: { action.title: { matches: '${REPEATS}' } }`,
      given: (title) => ({ action: { ...pullRequest, title } }),
    },
    {
      where: "a label",
      lines: `only: { action.labels: { matches: '${REPEATS}' } }`,
      given: (label) => ({ action: { ...pullRequest, labels: [label] } }),
    },
    {
      where: "a list of a review",
      lines: `when: { some: [{ var: reviews }, { some: [{ var: via }, { search: [{ var: "" }, '${REPEATS}'] }] }] }`,
      given: (proof) => ({ reviews: [review(bo, "approved", { via: [proof] })] }),
    },
  ])("the length of the texts of $where", ({ lines, given }) => {
    const [short, long] = ["a", "a".repeat(4_000)].map((text) => factsOf(given(text)));
    if (short === undefined || long === undefined) throw new Error("two facts are given");
    expect(stepsBy(lines, long)).toBeGreaterThan(20 * stepsBy(lines, short));
  });

  test("the values of a list that is written out", () => {
    const written = (count: number) => `when: { some: [[${"1, ".repeat(count)}], true] }`;
    const facts = factsOf();
    expect(stepsBy(written(30), facts)).toBe(stepsBy(written(3), facts) + 27);
  });

  test("the steps of the list that is walked", () => {
    const filtered = '{ filter: [{ var: change.files }, { "==": [{ var: status }, added] }] }';
    const facts = filesOf(10);
    expect(stepsBy(`when: { some: [${filtered}, true] }`, facts)).toBeGreaterThan(
      stepsBy(`when: ${filtered}`, facts),
    );
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

describe("no steps are taken", () => {
  test("by the values that a condition names", () => {
    const named = (kinds: string) => `when: { in: [{ var: action.kind }, [${kinds}]] }`;
    expect(stepsBy(named("push, command, deployment"), factsOf())).toBe(
      stepsBy(named("push"), factsOf()),
    );
  });

  test("over a list that this host does not know", () => {
    expect(
      stepsBy("each: dependencies\nmatch: { delta: added }", factsOf({ dependencies: null })),
    ).toBe(0);
  });

  test("for the texts of lists that this host does not know", () => {
    const lines = `only: { action.labels: { matches: '${REPEATS}' } }`;
    const action = { ...pullRequest, labels: ["a"] };
    const unknown = factsOf({ action, commits: null, statuses: null });
    expect(stepsBy(lines, unknown)).toBe(
      stepsBy(lines, factsOf({ action, commits: [], statuses: [] })),
    );
  });
});

test.each([
  { what: "a pattern that tests a literal", condition: { path: ["src/a.ts", "src/*"] } },
  { what: "a pattern that tests a number", condition: { name: [{ var: "action.number" }, "4*"] } },
  {
    what: "a pattern that tests what is null",
    condition: { name: [{ var: "action.name" }, "4*"] },
  },
  { what: "a walk over a literal", condition: { some: ["a", true] } },
])("$what has few steps", ({ condition }) => {
  const steps = stepsOf([{ ...policyOf("when: true"), condition }], factsOf());
  expect(steps).toBeGreaterThan(0);
  expect(steps).toBeLessThan(10);
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
