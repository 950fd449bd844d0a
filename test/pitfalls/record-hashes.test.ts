import { describe, expect, test } from "vitest";
import { LedgerError } from "../../ledger/errors.ts";
import { canonicalBytes, type JsonObject, type JsonValue } from "../../ledger/format/canonical.ts";
import {
  openEnvelope,
  type OpenedEnvelope,
  signEnvelope,
  verifyEnvelope,
} from "../../ledger/format/envelope.ts";
import { generateSigningKey } from "../../ledger/format/keys.ts";
import { recordLeaf } from "../../ledger/format/leaf.ts";
import { verifyLedger } from "../../ledger/verify/verify.ts";
import { factsDigest } from "../../rules/facts/digest.ts";
import type { Facts } from "../../rules/facts/facts.ts";
import { runCli } from "../cli/run-cli.ts";
import { createFixtureRepository } from "../git/fixture-repository.ts";
import { fakeClone } from "../ledger/fake-clone.ts";
import { LEDGER_KEY, LedgerBuilder } from "../ledger/ledger-builder.ts";
import { linesOf, withDecision } from "../ledger/verify/attacks/attack.ts";
import { statementOf, verdictPredicateOf } from "../ledger/verdict-fixture.ts";
import { bo, factsOf, review, someCapability, someFile } from "../rules/sample-evidence.ts";

type Path = readonly (string | number)[];

/** The place of every value that holds no others, however deep. */
function leavesOf(value: JsonValue, at: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [at];
  return entriesOf(value).flatMap(([step, inner]) => leavesOf(inner, [...at, step]));
}

function entriesOf(value: JsonObject | readonly JsonValue[]): [string | number, JsonValue][] {
  return isList(value) ? [...value.entries()] : Object.entries(value);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** The same document with another value at one place. */
function edited(value: JsonValue, [step, ...rest]: Path): JsonValue {
  if (step === undefined) return value === "edited" ? "again" : "edited";
  if (isList(value)) return value.map((one, at) => (at === step ? edited(one, rest) : one));
  const map = value as JsonObject;
  return { ...map, [step]: edited(map[step] ?? null, rest) };
}

const statement = statementOf("verdict", verdictPredicateOf({ approvedBy: "bo" }));
const document = JSON.parse(JSON.stringify(statement)) as JsonValue;
const line = signEnvelope(statement, LEDGER_KEY);

/** The signed line with another payload under its signature. */
function forged(payload: JsonValue): Uint8Array {
  const envelope = JSON.parse(Buffer.from(line).toString("utf8")) as JsonObject;
  const base64 = Buffer.from(canonicalBytes(payload)).toString("base64");
  return canonicalBytes({ ...envelope, payload: base64 });
}

function openOr<Else>(otherwise: Else, envelope: Uint8Array): OpenedEnvelope | Else {
  try {
    return openEnvelope(envelope);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return otherwise;
  }
}

describe("an edit of a record is in its hash and breaks its signature, however deep it is", () => {
  const places = leavesOf(document);

  test("at each of its values", async () => {
    expect(places.length).toBeGreaterThan(60);
    expect(Math.max(...places.map(({ length }) => length))).toBeGreaterThan(5);
    const sound = recordLeaf("verdict", line);
    for (const place of places) {
      const other = forged(edited(document, place));
      expect(recordLeaf("verdict", other), place.join(".")).not.toEqual(sound);
      const opened = openOr(null, other);
      const isSound = opened !== null && (await verifyEnvelope(opened, LEDGER_KEY.public));
      expect(isSound, place.join(".")).toBe(false);
    }
  });

  test("by a key that is added or taken away deep inside", async () => {
    const { predicate } = document as { predicate: JsonObject };
    const { action, change } = predicate as { action: JsonObject; change: JsonObject };
    const anonymous = Object.fromEntries(
      Object.entries(action).filter(([key]) => key !== "author"),
    );
    for (const other of [{ action: anonymous }, { change: { ...change, extra: "x" } }]) {
      const payload = { ...(document as JsonObject), predicate: { ...predicate, ...other } };
      expect(await verifyEnvelope(openEnvelope(forged(payload)), LEDGER_KEY.public)).toBe(false);
    }
  });

  test("where it stands in a ledger, an auditor finds it", async () => {
    const ledger = new LedgerBuilder().verdicts({ approvedBy: "bo" });
    const batch = "records/001-1.jsonl";
    const [signed = ""] = linesOf(ledger.commits, batch);
    const lie = withDecision(Buffer.from(signed), '"actor":"bo"', '"actor":"cy"');
    const text = `${Buffer.from(lie).toString("utf8")}\n`;
    expect(text).not.toBe(`${signed}\n`);
    const { ok, problems } = await verifyLedger(
      fakeClone(ledger.commit({ [batch]: text }).commits),
      {},
    );
    expect(ok).toBe(false);
    expect(problems.map(({ code }) => code)).toContain("RECORD_EDITED");
  });
});

test("the facts' digest covers every value of the facts, however deep it is", () => {
  const facts = factsOf({ capabilities: [someCapability], reviews: [review(bo)] }, [someFile]);
  const plain = JSON.parse(JSON.stringify(facts)) as JsonValue;
  const digests = leavesOf(plain).map((place) =>
    factsDigest(edited(plain, place) as unknown as Facts),
  );
  expect(new Set([factsDigest(facts), ...digests]).size).toBe(digests.length + 1);
});

describe("there is no key but one that somebody made", () => {
  test("two keys that are made one after the other are two", () => {
    expect(generateSigningKey().key.public.id).not.toBe(generateSigningKey().key.public.id);
  });

  test.each([
    { when: "none is given", env: {} },
    { when: "an empty one is given", env: { BAILIFF_SIGNING_KEY: "" } },
    { when: "a word is given", env: { BAILIFF_SIGNING_KEY: "secret" } },
  ])("no ledger begins, and nothing is recorded, where $when", async ({ env }) => {
    await using repository = await createFixtureRepository();
    const base = await repository.commit({ a: "1" });
    const head = await repository.commit({ a: "2" });
    const range = ["--repo", repository.directory, "--base", base, "--head", head];
    const init = await runCli(["ledger", "init", "--repo", repository.directory], env);
    const check = await runCli(["check", ...range, "--record"], env);
    expect([init, check]).toMatchObject([
      { status: 2, out: "" },
      { status: 2, out: "" },
    ]);
    expect(await repository.git("branch", "--list")).toBe("* main");
  });
});
