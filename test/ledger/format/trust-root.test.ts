import { expect, test } from "vitest";
import { canonicalBytes, type JsonValue } from "../../../ledger/format/canonical.ts";
import { generateSigningKey } from "../../../ledger/format/keys.ts";
import {
  parseTrustRoot,
  trustRootDigest,
  verifyTrustRoot,
  writeTrustRoot,
  type TrustRootDocument,
} from "../../../ledger/format/trust-root.ts";

const ann = generateSigningKey().key;
const bo = generateSigningKey().key;
const cy = generateSigningKey().key;
const role = { keys: [ann.public.id], threshold: 1 };

const document: TrustRootDocument = {
  version: 1,
  origin: "bailiff.dev/ledger/0f1e2d3c4b5a69788796a5b4c3d2e1f0",
  keys: { [ann.public.id]: { public: ann.public.base64, kinds: ["verdict", "trust"] } },
  roles: { root: role, records: role, checkpoint: role },
  repositories: ["4711"],
  revocations: [],
};

/** Three keys, two of which have to sign. */
const shared: TrustRootDocument = {
  ...document,
  keys: Object.fromEntries(
    [ann, bo, cy].map(({ public: { id, base64 } }) => [id, { public: base64, kinds: [] }]),
  ),
  roles: {
    ...document.roles,
    root: { keys: [ann, bo, cy].map((key) => key.public.id), threshold: 2 },
  },
};

test("a keyset reads back, and is one line of canonical JSON", async () => {
  const bytes = writeTrustRoot(document, [ann]);
  const root = parseTrustRoot(bytes);
  expect(root.document).toEqual(document);
  expect(root.keys.get(ann.public.id)?.base64).toBe(ann.public.base64);
  expect(Buffer.from(bytes).toString()).toMatch(/^\{"signatures":\[.*\],"signed":\{.*\}\}\n$/);
  expect(trustRootDigest(bytes)).toMatch(/^[0-9a-f]{64}$/);
  await expect(verifyTrustRoot(root)).resolves.toBeUndefined();
});

test.each([
  { when: "two of three", signers: [ann, bo], holds: true },
  { when: "all three", signers: [cy, bo, ann], holds: true },
  { when: "one of three", signers: [ann], holds: false },
  { when: "one of them twice", signers: [ann, ann], holds: false },
  { when: "one, and one who is not named", signers: [ann, generateSigningKey().key], holds: false },
])("signed by $when", async ({ signers, holds }) => {
  const verified = verifyTrustRoot(parseTrustRoot(writeTrustRoot(shared, signers)));
  await (holds
    ? expect(verified).resolves.toBeUndefined()
    : expect(verified).rejects.toMatchObject({ code: "TRUST_INVALID" }));
});

test("the version before decides with its own keys", async () => {
  const before = parseTrustRoot(writeTrustRoot(shared, [ann, bo]));
  const next = { ...document, version: 2 };
  const usurped = parseTrustRoot(writeTrustRoot(next, [ann]));
  await expect(verifyTrustRoot(usurped)).resolves.toBeUndefined();
  await expect(verifyTrustRoot(usurped, before)).rejects.toMatchObject({ code: "TRUST_INVALID" });
  const followed = parseTrustRoot(writeTrustRoot(next, [ann, cy]));
  await expect(verifyTrustRoot(followed, before)).resolves.toBeUndefined();
});

test("a signature over other words does not hold", async () => {
  const file = JSON.parse(Buffer.from(writeTrustRoot(document, [ann])).toString()) as {
    signed: TrustRootDocument;
  };
  const signed = { ...file.signed, repositories: ["666"] };
  const root = parseTrustRoot(fileOf({ ...file, signed }));
  await expect(verifyTrustRoot(root)).rejects.toMatchObject({ code: "TRUST_INVALID" });
});

const [annKey] = Object.values(document.keys);
const lowOrder = Buffer.from(Uint8Array.of(1, ...new Uint8Array(31))).toString("base64");

test.each<{ when: string; changed: Record<string, unknown> }>([
  { when: "version 0", changed: { version: 0 } },
  { when: "another origin", changed: { origin: "example.com/log" } },
  { when: "a member of its own", changed: { expires: "never" } },
  { when: "no repository", changed: { repositories: [] } },
  { when: "a repository id that is a number", changed: { repositories: [4711] } },
  {
    when: "a key under another id",
    changed: { keys: { ...document.keys, ["0".repeat(64)]: annKey } },
  },
  {
    when: "a key of low order",
    changed: { keys: { ...document.keys, ["0".repeat(64)]: { public: lowOrder, kinds: [] } } },
  },
  {
    when: "a role's key that is not there",
    changed: rolesWith("checkpoint", { keys: [bo.public.id], threshold: 1 }),
  },
  { when: "a role without keys", changed: rolesWith("root", { keys: [], threshold: 1 }) },
  { when: "a threshold of 0", changed: rolesWith("root", { ...role, threshold: 0 }) },
  { when: "a threshold above the keys", changed: rolesWith("root", { ...role, threshold: 2 }) },
  {
    when: "one key twice in a role",
    changed: rolesWith("root", { keys: [ann.public.id, ann.public.id], threshold: 2 }),
  },
  {
    when: "a revocation of a key that is not there",
    changed: { revocations: [{ key: bo.public.id, from: 0 }] },
  },
  {
    when: "a revocation from a time",
    changed: { revocations: [{ key: ann.public.id, from: "now" }] },
  },
])("refuses a keyset with $when", ({ changed }) => {
  const file = { signed: { ...document, ...changed }, signatures: signaturesOf(document) };
  expect(() => parseTrustRoot(fileOf(file))).toThrow(
    expect.objectContaining({ code: "TRUST_INVALID" }),
  );
});

test.each(["records", "checkpoint"] as const)(
  "refuses a threshold of two for %s, which carry one signature",
  (name) => {
    const two = { keys: [ann.public.id, bo.public.id], threshold: 2 };
    const signed = { ...shared, roles: { ...shared.roles, [name]: two } };
    expect(() => writeTrustRoot(signed, [ann, bo])).toThrow(
      expect.objectContaining({ code: "TRUST_INVALID" }),
    );
  },
);

test.each([
  { when: "no line break at its end", text: textOf().trimEnd() },
  { when: "a space for its line break", text: `${textOf().trimEnd()} ` },
  { when: "two line breaks", text: `${textOf()}\n` },
  { when: "another spelling", text: textOf().replace('{"signatures"', '{ "signatures"') },
  { when: "no signature", text: textOf().replace(/"signatures":\[.*?\]/, '"signatures":[]') },
  { when: "a megabyte", text: `"${"x".repeat(1_100_000)}"\n` },
  { when: "nothing in it", text: "" },
])("refuses a file with $when", ({ text }) => {
  expect(() => parseTrustRoot(Buffer.from(text))).toThrow(
    expect.objectContaining({ code: "TRUST_INVALID" }),
  );
});

function textOf(): string {
  return Buffer.from(writeTrustRoot(document, [ann])).toString();
}

function rolesWith(name: string, changed: unknown): Record<string, unknown> {
  return { roles: { ...document.roles, [name]: changed } };
}

function signaturesOf(signed: TrustRootDocument): unknown {
  const file = JSON.parse(Buffer.from(writeTrustRoot(signed, [ann])).toString()) as {
    signatures: unknown;
  };
  return file.signatures;
}

function fileOf(value: unknown): Uint8Array {
  return Buffer.concat([canonicalBytes(value as JsonValue), Buffer.from("\n")]);
}

const annId = ann.public.id;
const revocation = { key: annId, from: 0 };

test.each<{ when: string; changed: Partial<TrustRootDocument> }>([
  { when: "a revocation", changed: { revocations: [revocation] } },
  {
    when: "a revocation from an index, and the time of the theft",
    changed: {
      revocations: [{ ...revocation, from: 7, compromisedSince: "2026-01-02T03:04:05Z" }],
    },
  },
  { when: "its last version", changed: { version: 999_999 } },
  { when: "a repository id of 128", changed: { repositories: ["a".repeat(128)] } },
  { when: "an id of every kind of character", changed: { repositories: ["aZ09._:-"] } },
])("a keyset with $when reads back", ({ changed }) => {
  const bytes = writeTrustRoot({ ...document, ...changed }, [ann]);
  expect(parseTrustRoot(bytes).document).toEqual({ ...document, ...changed });
});

test.each<{ when: string; changed: Record<string, unknown> }>([
  { when: "version 1,000,000", changed: { version: 1_000_000 } },
  { when: "half a version", changed: { version: 1.5 } },
  { when: "something before a repository's id", changed: { repositories: ["/4711"] } },
  { when: "something after a repository's id", changed: { repositories: ["4711\n"] } },
  { when: "an empty repository id", changed: { repositories: [""] } },
  { when: "a repository id of 129", changed: { repositories: ["a".repeat(129)] } },
  { when: "something before an origin", changed: { origin: `x${document.origin}` } },
  { when: "something after an origin", changed: { origin: `${document.origin}/` } },
  { when: "a revocation from before the first record", changed: withRevocation({ from: -1 }) },
  { when: "a revocation without an index", changed: withRevocation({ from: undefined }) },
  { when: "a theft at no time", changed: withRevocation({ compromisedSince: "then" }) },
  { when: "a revocation that says more", changed: withRevocation({ reason: "lost" }) },
  { when: "a kind that is none", changed: keyWith({ kinds: ["Verdict"] }) },
  { when: "65 kinds of one key", changed: keyWith({ kinds: Array(65).fill("verdict") }) },
  { when: "a key that says more", changed: keyWith({ owner: "ann" }) },
  {
    when: "a role's key id with something before it",
    changed: rolesWith("root", { keys: [`x${annId}`], threshold: 1 }),
  },
  {
    when: "a role's key id with something after it",
    changed: rolesWith("root", { keys: [`${annId}0`], threshold: 1 }),
  },
  { when: "half a threshold", changed: rolesWith("root", { ...role, threshold: 0.5 }) },
])("there is no keyset with $when", ({ changed }) => {
  const file = { signed: { ...document, ...changed }, signatures: signaturesOf(document) };
  expect(() => parseTrustRoot(fileOf(JSON.parse(JSON.stringify(file))))).toThrow(
    expect.objectContaining({ code: "TRUST_INVALID" }),
  );
});

test.each([
  { when: "an id that is none", signature: { keyid: "ann", sig: "A".repeat(88) } },
  {
    when: "something before its id",
    signature: { keyid: `x${annId}`, sig: "A".repeat(88) },
  },
  {
    when: "something after its id",
    signature: { keyid: `${annId}0`, sig: "A".repeat(88) },
  },
  { when: "a signature of 63 bytes", signature: { keyid: annId, sig: "A".repeat(84) } },
  { when: "something else beside it", signature: { keyid: annId, sig: "A".repeat(88), at: 1 } },
])("a keyset's signature with $when is none", ({ signature }) => {
  const file = { signed: document, signatures: [signature] };
  expect(() => parseTrustRoot(fileOf(file))).toThrow(
    expect.objectContaining({ code: "TRUST_INVALID" }),
  );
});

test.each([
  { when: "a good signature under another key's id", keyid: bo.public.id },
  {
    when: "a signature in another spelling",
    keyid: annId,
    spell: (sig: string) => sig.replaceAll("=", "-"),
  },
])("$when does not count", async ({ keyid, spell = (sig: string) => sig }) => {
  const [signature] = signaturesOf(document) as readonly { readonly sig: string }[];
  const signatures = [{ keyid, sig: spell(signature?.sig ?? "") }];
  const root = parseTrustRoot(fileOf({ signed: document, signatures }));
  await expect(verifyTrustRoot(root)).rejects.toMatchObject({ code: "TRUST_INVALID" });
});

test.each([
  { when: "bytes that are not canonical", text: "{}  \n" },
  { when: "a key that is none", text: textOf().replace(ann.public.base64, "AAAA") },
])("the cause of refusing $when in a keyset is kept", ({ text }) => {
  expect(() => parseTrustRoot(Buffer.from(text))).toThrow(
    expect.objectContaining({
      code: "TRUST_INVALID",
      cause: expect.objectContaining({ name: "LedgerError" }) as Error,
    }),
  );
});

function withRevocation(changed: object): Record<string, unknown> {
  return { revocations: [{ ...revocation, ...changed }] };
}

function keyWith(changed: object): Record<string, unknown> {
  return { keys: { [annId]: { ...document.keys[annId], ...changed } } };
}
