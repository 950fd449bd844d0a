import { expect, test } from "vitest";
import { latestKey, sayingOf } from "../../../ledger/append/sameness.ts";
import type { JsonObject } from "../../../ledger/format/canonical.ts";
import type { Statement } from "../../../ledger/format/statement.ts";
import { digestOf, objectIdOf, statementOf, verdictPredicateOf } from "../verdict-fixture.ts";

const basis = verdictPredicateOf();

function statement(changed: JsonObject = {}, kind = "verdict"): Statement {
  return statementOf(kind, { ...basis, ...changed });
}

function part(name: string, changed: JsonObject): Statement {
  return statement({ [name]: { ...(basis[name] as JsonObject), ...changed } });
}

function fromHost(origin: string | undefined): Statement {
  const told = basis["verdict"] as { provenance: object };
  return part("verdict", { provenance: { ...told.provenance, ...(origin && { origin }) } });
}

const about = part("change", { head: objectIdOf("another") });

test.each<{ when: string; other: Statement; same: boolean }>([
  { when: "other words", other: part("action", { title: "x", labels: ["y"] }), same: true },
  { when: "another time", other: statement({ at: "2027-01-02T03:04:05Z", id: "x" }), same: true },
  { when: "another decision", other: part("verdict", { decision: "ALLOW" }), same: true },
  { when: "another kind of action", other: part("action", { kind: "push" }), same: false },
  { when: "another name", other: part("action", { name: "x" }), same: false },
  { when: "another number", other: part("action", { number: 43 }), same: false },
  { when: "another attempt", other: part("action", { attempt: "2" }), same: false },
  { when: "a number for a name", other: part("action", { number: null, name: "42" }), same: false },
  { when: "another head", other: about, same: false },
  { when: "another kind of record", other: statement({}, "waiver"), same: false },
  { when: "another host", other: fromHost("cli"), same: false },
  { when: "no action", other: statement({ action: null }), same: false },
])("with $when a record is the latest of the same: $same", ({ other, same }) => {
  expect(latestKey(other) === latestKey(statement())).toBe(same);
});

test("what a record does not say of its action is null, in whatever way it does not say it", () => {
  const nothing = { kind: null, name: null, number: null, attempt: null };
  const keys = [{ action: nothing }, { action: {} }, { action: null }, { action: "x" }].map(
    (more) => latestKey(statement({ ...more, verdict: {} })),
  );
  expect(new Set(keys).size).toBe(1);
  expect(latestKey(statement({ verdict: null }))).toBe(latestKey(statement({ verdict: {} })));
});

test.each<{ when: string; other: Statement; same: boolean }>([
  { when: "another id", other: statement({ id: "x" }), same: true },
  { when: "another time", other: statement({ at: "2027-01-02T03:04:05Z" }), same: true },
  { when: "another head observed", other: part("observed", { size: 9 }), same: true },
  { when: "another record before it", other: statement({ supersedes: digestOf("x") }), same: true },
  {
    when: "another time in its facts",
    other: statement({ factsDigest: digestOf("x") }),
    same: true,
  },
  {
    when: "another time of its action",
    other: part("action", { at: "2027-01-02T03:04:05Z" }),
    same: true,
  },
  { when: "another title", other: part("action", { title: "x" }), same: false },
  { when: "another decision", other: part("verdict", { decision: "ALLOW" }), same: false },
  { when: "another evaluator", other: part("evaluator", { version: "0.2.0" }), same: false },
  { when: "a member more", other: statement({ later: 1 }), same: false },
  { when: "another head", other: about, same: false },
  { when: "another kind", other: statement({}, "waiver"), same: false },
  { when: "an action that is none", other: statement({ action: "x" }), same: false },
  { when: "another ledger", other: statement({ ledger: "x" }), same: false },
])("with $when a record says the same: $same", ({ other, same }) => {
  expect(sayingOf(other) === sayingOf(statement())).toBe(same);
});

test("one record's digests are sha256 in hex", () => {
  expect([latestKey(statement()), sayingOf(statement())]).toEqual([
    expect.stringMatching(/^[0-9a-f]{64}$/),
    expect.stringMatching(/^[0-9a-f]{64}$/),
  ]);
});
