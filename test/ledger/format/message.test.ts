import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../ledger/format/canonical.ts";
import { commitMessage, type MessageRecord } from "../../../ledger/format/message.ts";
import { executionPredicateOf, PHASES } from "../execution-fixture.ts";
import { statementOf, verdictPredicateOf, type VerdictFixture } from "../verdict-fixture.ts";

function record(kind: string, predicate: JsonObject): MessageRecord {
  return { kind, statement: statementOf(kind, predicate) };
}

function verdict(fixture: VerdictFixture = {}): MessageRecord {
  return record("verdict", verdictPredicateOf(fixture));
}

const commit = statementOf("verdict", {}).subject[0]?.digest["gitCommit"]?.slice(0, 7) ?? "";
const trust = record("trust", { root: "ab".repeat(32) });

test.each([
  { when: "a denial", records: [verdict()], message: `DENY PR 42 ${commit} new-permissions` },
  {
    when: "an approval",
    records: [verdict({ decision: "ALLOW" })],
    message: `ALLOW PR 42 ${commit}`,
  },
  {
    when: "a simulation",
    records: [verdict({ simulation: true })],
    message: `DENY PR 42 ${commit} new-permissions (simulation)`,
  },
  {
    when: "a push",
    records: [verdict({ decision: "WARN", number: null })],
    message: `WARN push ${commit} new-permissions`,
  },
  { when: "the first keyset", records: [trust], message: "trust root abababababab" },
  {
    when: "a run that was blocked",
    records: [record("execution", executionPredicateOf("0".repeat(64), PHASES.blocked))],
    message: `execution blocked deploy ${commit}`,
  },
  { when: "a kind of its own", records: [record("oracle", {})], message: `oracle ${commit}` },
])("the message of $when", ({ records, message }) => {
  expect(commitMessage(records)).toBe(message);
});

test("several verdicts are counted, worst first, and told one a line", () => {
  const records = [verdict({ decision: "ALLOW" }), verdict(), verdict({ decision: "ALLOW" })];
  expect(commitMessage(records).split("\n")).toEqual([
    "3 verdicts: 1 DENY, 2 ALLOW",
    "",
    `ALLOW PR 42 ${commit}`,
    `DENY PR 42 ${commit} new-permissions`,
    `ALLOW PR 42 ${commit}`,
  ]);
});

test("records of several kinds are counted by kind", () => {
  const [headline] = commitMessage([verdict(), trust, verdict()]).split("\n");
  expect(headline).toBe("3 records: 1 trust, 2 verdict");
});

test.each([2, 30, 60, 1_000])(
  "of %i records as many are told as 1 KiB holds, the rest is counted",
  (count) => {
    const message = commitMessage(Array.from({ length: count }, () => verdict()));
    const [, , ...body] = message.split("\n");
    const more = Number(/^and (\d+) more$/.exec(body.at(-1) ?? "")?.[1] ?? 0);
    expect(body.length - Math.sign(more) + more).toBe(count);
    expect(message.length).toBeLessThanOrEqual(1_024);
    if (more > 0) expect(message.length).toBeGreaterThan(1_024 - 2 * (body[0] ?? "").length);
  },
);

test("more than eight policies are counted", () => {
  const policyIds = Array.from({ length: 12 }, (_, index) => `p${index}`);
  const message = commitMessage([verdict({ more: { verdict: { decision: "DENY", policyIds } } })]);
  expect(message).toMatch(/ p0 p1 p2 p3 p4 p5 p6 p7 and 4 more$/);
});

test.each([
  { when: "a mention", id: "@acme/security", word: "_acme/security" },
  { when: "a reference", id: "closes #1", word: "closes_1" },
  { when: "a reference by prefix", id: "GH-1", word: "gh-1" },
  { when: "a trailer", id: "x\n\nCo-authored-by: a <a@b>", word: "x_co-authored-by_a_a_b_" },
  { when: "an escape", id: "\u001b[31mred", word: "_31mred" },
  { when: "a line of any length", id: "x".repeat(500), word: "x".repeat(64) },
  { when: "a direction mark", id: "a\u202eb", word: "a_b" },
])("$when in a policy's id is made plain", ({ id, word }) => {
  const predicate = verdictPredicateOf({
    more: { verdict: { decision: "DENY", policyIds: [id] } },
  });
  expect(commitMessage([record("verdict", predicate)])).toBe(`DENY PR 42 ${commit} ${word}`);
});

test("whatever a record says, its message is plain and bounded", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 4 }), (values) => {
      const records = values.map((value) => {
        const any = JSON.parse(JSON.stringify(value)) as JsonValue;
        return record("verdict", { action: any, verdict: any, root: any });
      });
      const message = commitMessage(records);
      expect(message).toMatch(/^[A-Za-z0-9 ._/():,\n-]+$/);
      expect(message.length).toBeLessThanOrEqual(1_024);
      expect(message.split("\n").length).toBeLessThanOrEqual(values.length + 2);
    }),
    { numRuns: 200 },
  );
});

/** The same record about something that is no commit. */
function aboutATree({ kind, statement }: MessageRecord): MessageRecord {
  const subject = [{ digest: { gitTree: "b".repeat(40) } }];
  return { kind, statement: { ...statement, subject } };
}

/** A verdict with another action, or other words in its verdict. */
function saying(changed: JsonObject): MessageRecord {
  return record("verdict", { ...verdictPredicateOf(), ...changed });
}

const eight = Array.from({ length: 8 }, (_, index) => `p${index}`);

test.each([
  {
    when: "a verdict on no commit",
    records: [aboutATree(verdict())],
    message: "DENY PR 42 new-permissions",
  },
  {
    when: "a run on no commit",
    records: [
      aboutATree(record("execution", executionPredicateOf("0".repeat(64), PHASES.started))),
    ],
    message: "execution started deploy",
  },
  {
    when: "a kind of its own on no commit",
    records: [aboutATree(record("oracle", {}))],
    message: "oracle",
  },
  {
    when: "a queue's entry, which is no pull request",
    records: [saying({ action: { kind: "merge_group", number: 42, name: null } })],
    message: `DENY merge_group ${commit} new-permissions`,
  },
  {
    when: "a pull request without a number",
    records: [saying({ action: { kind: "pull_request", number: "42" } })],
    message: `DENY pull_request ${commit} new-permissions`,
  },
  {
    when: "a deployment",
    records: [saying({ action: { kind: "deployment", number: null, name: "production" } })],
    message: `DENY deployment production ${commit} new-permissions`,
  },
  {
    when: "another decision",
    records: [saying({ verdict: { decision: "MAYBE", policyIds: ["a"] } })],
    message: `UNKNOWN PR 42 ${commit} a`,
  },
  {
    when: "eight policies",
    records: [saying({ verdict: { decision: "WARN", policyIds: eight } })],
    message: `WARN PR 42 ${commit} p0 p1 p2 p3 p4 p5 p6 p7`,
  },
  {
    when: "policies that are no list",
    records: [saying({ verdict: { decision: "WARN", policyIds: "p0" } })],
    message: `WARN PR 42 ${commit}`,
  },
  {
    when: "policies that are no words",
    records: [saying({ verdict: { decision: "WARN", policyIds: [7, "p0", null] } })],
    message: `WARN PR 42 ${commit} p0`,
  },
  {
    when: "a simulation that only claims to be one",
    records: [saying({ verdict: { decision: "WARN", provenance: { simulation: "true" } } })],
    message: `WARN PR 42 ${commit}`,
  },
])("of $when the message is plain", ({ records, message }) => {
  expect(commitMessage(records)).toBe(message);
});

test("decisions that are none are counted last", () => {
  const odd = saying({ verdict: { decision: "MAYBE" } });
  const [headline] = commitMessage([odd, verdict({ decision: "WARN" }), odd]).split("\n");
  expect(headline).toBe("3 verdicts: 1 WARN, 2 UNKNOWN");
});

test("whatever the lines' length, one line more would not leave room for the count", () => {
  for (let length = 1; length <= 64; length += 1) {
    const records = Array.from({ length: 100 }, () =>
      saying({ verdict: { decision: "DENY", policyIds: ["x".repeat(length)] } }),
    );
    const lines = commitMessage(records).split("\n");
    const [line = ""] = lines.slice(2);
    const told = lines.slice(0, -1).join("\n").length;
    expect(told + "\nand 100 more".length).toBeLessThanOrEqual(1_024);
    expect(told + 1 + line.length + "\nand 100 more".length).toBeGreaterThan(1_024);
  }
});
