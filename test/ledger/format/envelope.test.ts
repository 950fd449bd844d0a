import fc from "fast-check";
import { expect, test } from "vitest";
import { toBase64 } from "../../../ledger/format/base64.ts";
import {
  canonicalBytes,
  type JsonObject,
  type JsonValue,
} from "../../../ledger/format/canonical.ts";
import { preAuthEncoding } from "../../../ledger/format/dsse.ts";
import {
  envelopeHolds,
  openEnvelope,
  signEnvelope,
  verifyEnvelope,
} from "../../../ledger/format/envelope.ts";
import { generateSigningKey } from "../../../ledger/format/keys.ts";
import { kindOfPredicateType, predicateType } from "../../../ledger/format/statement.ts";
import { statementOf, verdictPredicateOf } from "../verdict-fixture.ts";

const { key } = generateSigningKey();
const statement = statementOf("verdict", verdictPredicateOf());
const line = signEnvelope(statement, key);

test("the protocol's own example is encoded as it says", () => {
  const encoded = preAuthEncoding("http://example.com/HelloWorld", Buffer.from("hello world"));
  const expected = "DSSEv1 29 http://example.com/HelloWorld 11 hello world";
  expect(Buffer.from(encoded).toString()).toBe(expected);
});

test("lengths count bytes, not characters", () => {
  expect(Buffer.from(preAuthEncoding("é", Buffer.from("é"))).toString()).toBe("DSSEv1 2 é 2 é");
});

test("a signed record is one line that opens and verifies", async () => {
  expect(Buffer.from(line).includes("\n")).toBe(false);
  const opened = openEnvelope(line);
  expect(opened).toMatchObject({ kind: "verdict", keyid: key.public.id, statement });
  expect(await verifyEnvelope(opened, key.public)).toBe(true);
  expect(await verifyEnvelope(opened, generateSigningKey().key.public)).toBe(false);
  expect(envelopeHolds(opened, key.public)).toBe(true);
  expect(envelopeHolds(opened, generateSigningKey().key.public)).toBe(false);
});

test("a record of a kind that this version does not know opens", () => {
  const unknown = statementOf("oracle", verdictPredicateOf());
  expect(openEnvelope(signEnvelope(unknown, key)).kind).toBe("oracle");
});

test("a statement that is too large is not signed", () => {
  const large = statementOf("verdict", verdictPredicateOf({ more: { x: "y".repeat(200_000) } }));
  expect(() => signEnvelope(large, key)).toThrow(expect.objectContaining({ code: "TOO_LARGE" }));
});

test("a line that is too large is not parsed", () => {
  const large = Buffer.alloc(300_000, "a");
  expect(() => openEnvelope(large)).toThrow(expect.objectContaining({ code: "TOO_LARGE" }));
});

const envelope = JSON.parse(Buffer.from(line).toString()) as JsonObject & { payload: string };
const payload = Buffer.from(envelope.payload, "base64").toString();
const [signature] = envelope["signatures"] as unknown as JsonValue[];

test.each<{ when: string; changed: JsonObject }>([
  { when: "another payload type", changed: { payloadType: "application/json" } },
  { when: "no signature", changed: { signatures: [] } },
  { when: "two signatures", changed: { signatures: [signature ?? null, signature ?? null] } },
  { when: "a member of its own", changed: { extra: 1 } },
  { when: "a key id that is none", changed: { signatures: [{ keyid: "x", sig: "A".repeat(88) }] } },
  {
    when: "something before its key id",
    changed: { signatures: [{ keyid: `x${key.public.id}`, sig: "A".repeat(88) }] },
  },
  {
    when: "something after its key id",
    changed: { signatures: [{ keyid: `${key.public.id}0`, sig: "A".repeat(88) }] },
  },
  { when: "no payload", changed: { payload: "" } },
  {
    when: "a signature of 66 bytes",
    changed: { signatures: [{ keyid: key.public.id, sig: "A".repeat(92) }] },
  },
  {
    when: "a signature that is no base64",
    changed: { signatures: [{ keyid: key.public.id, sig: "-".repeat(88) }] },
  },
  {
    when: "a payload in another spelling",
    changed: { payload: `${envelope.payload.replace(/=+$/, "")}\n` },
  },
  { when: "a payload that is not canonical", changed: { payload: base64(`${payload} `) } },
  { when: "a payload that is no statement", changed: { payload: base64("{}") } },
])("refuses an envelope with $when", ({ changed }) => {
  const bytes = canonicalBytes({ ...envelope, ...changed });
  expect(() => openEnvelope(bytes)).toThrow(expect.objectContaining({ code: "NOT_CANONICAL" }));
});

test("refuses an envelope that is spelled otherwise", () => {
  const spaced = Buffer.from(JSON.stringify(envelope, null, 1));
  expect(() => openEnvelope(spaced)).toThrow(expect.objectContaining({ code: "NOT_CANONICAL" }));
});

test.each([
  { when: "a space before it", around: (text: string) => ` ${text}` },
  { when: "a space behind it", around: (text: string) => `${text} ` },
  { when: "a second line behind it", around: (text: string) => `${text}\n${text}` },
  { when: "a line break behind it", around: (text: string) => `${text}\n` },
])("refuses an envelope with $when", ({ around }) => {
  const bytes = Buffer.from(around(Buffer.from(line).toString()));
  expect(() => openEnvelope(bytes)).toThrow(expect.objectContaining({ code: "NOT_CANONICAL" }));
});

const predicate = statement.predicate;

test.each<{ when: string; changed: JsonObject }>([
  { when: "another _type", changed: { _type: "https://in-toto.io/Statement/v0.1" } },
  { when: "no subject", changed: { subject: [] } },
  { when: "a subject without a digest", changed: { subject: [{ name: "a" }] } },
  { when: "a subject with an empty digest", changed: { subject: [{ digest: {} }] } },
  {
    when: "a digest in capitals",
    changed: { subject: [{ digest: { gitCommit: "A".repeat(40) } }] },
  },
  {
    when: "a foreign predicate type",
    changed: { predicateType: "https://slsa.dev/provenance/v1" },
  },
  {
    when: "a predicate type of another version",
    changed: { predicateType: "https://bailiff.dev/verdict/v2" },
  },
  { when: "a predicate without an id", changed: { predicate: without("id") } },
  { when: "a predicate without a ledger", changed: { predicate: without("ledger") } },
  { when: "a predicate without a time", changed: { predicate: without("at") } },
  {
    when: "a time in another zone",
    changed: { predicate: { ...predicate, at: "2026-01-02T03:04:05+01:00" } },
  },
  { when: "a predicate without observed", changed: { predicate: without("observed") } },
  { when: "a member of its own", changed: { extra: 1 } },
])("refuses a statement with $when", ({ changed }) => {
  const body = canonicalBytes({ ...(statement as unknown as JsonObject), ...changed });
  const bytes = canonicalBytes({ ...envelope, payload: toBase64(body) });
  expect(() => openEnvelope(bytes)).toThrow(expect.objectContaining({ code: "NOT_CANONICAL" }));
});

test.each([
  { type: predicateType("verdict"), kind: "verdict" },
  { type: "https://bailiff.dev/verdict/v1/", kind: null },
  { type: "https://bailiff.dev//v1", kind: null },
  { type: "https://bailiff.dev/a/b/v1", kind: null },
  { type: "http://bailiff.dev/verdict/v1", kind: null },
  { type: "https://bailiff.dev/v1", kind: null },
])("$type names the kind $kind", ({ type, kind }) => {
  expect(kindOfPredicateType(type)).toBe(kind);
});

test("no changed byte of a line opens as a record that verifies", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(line.length - 1),
      fc.integer({ min: 1, max: 255 }),
      async (at, flip) => {
        const changed = Buffer.from(line);
        changed[at] = (changed[at] ?? 0) ^ flip;
        expect(await holds(changed)).toBe(false);
      },
    ),
    { numRuns: 300 },
  );
});

/** Opens under the key that its id names, as a verifier would. */
async function holds(bytes: Uint8Array): Promise<boolean> {
  try {
    const opened = openEnvelope(bytes);
    return opened.keyid === key.public.id && (await verifyEnvelope(opened, key.public));
  } catch {
    return false;
  }
}

function base64(text: string): string {
  return toBase64(Buffer.from(text));
}

function without(name: string): JsonValue {
  return Object.fromEntries(Object.entries(predicate).filter(([member]) => member !== name));
}

test("a line of 256 KiB is signed and opened, a longer one is not", () => {
  const limit = 256 * 1_024;
  const sized = (length: number): typeof statement =>
    statementOf("verdict", verdictPredicateOf({ more: { x: "y".repeat(length) } }));
  // Four characters of a line carry three bytes of its payload.
  const length = ((limit - signEnvelope(sized(0), key).length) / 4) * 3;
  const whole = signEnvelope(sized(length), key);
  expect(whole).toHaveLength(limit);
  expect(openEnvelope(whole).kind).toBe("verdict");
  expect(() => signEnvelope(sized(length + 3), key)).toThrow(
    expect.objectContaining({ code: "TOO_LARGE" }),
  );
});

test.each([
  { when: "something before it", spell: (text: string) => `x${text}` },
  { when: "something after it", spell: (text: string) => `${text}x` },
  { when: "another line before it", spell: (text: string) => `{}\n${text}` },
])("refuses a line with $when", ({ spell }) => {
  const bytes = Buffer.from(spell(Buffer.from(line).toString()));
  expect(() => openEnvelope(bytes)).toThrow(expect.objectContaining({ code: "NOT_CANONICAL" }));
});

test.each([
  { when: "a payload", spell: (text: string) => text.replace(/("payload":"[^"]*)"/, '$1="') },
  { when: "a signature", spell: (text: string) => text.replace(/==("\}\]\})$/, "=A$1") },
  {
    when: "a signature's last bits",
    spell: (text: string) => text.replace(/.==("\}\]\})$/, "B==$1"),
  },
])("refuses an envelope with $when that is in the alphabet and no base64", ({ spell }) => {
  const changed = spell(Buffer.from(line).toString());
  expect(changed).not.toBe(Buffer.from(line).toString());
  expect(() => openEnvelope(Buffer.from(changed))).toThrow(
    expect.objectContaining({ code: "NOT_CANONICAL" }),
  );
});
