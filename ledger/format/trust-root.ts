import { hash } from "node:crypto";
import * as z from "zod";
import { LedgerError } from "../errors.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { canonicalBytes, parseCanonical, type JsonValue } from "./canonical.ts";
import { preAuthEncoding, type EnvelopeSignature } from "./dsse.ts";
import { parsePublicKey, verifySignature, type PublicKey, type SigningKey } from "./keys.ts";
import { ORIGIN_PATTERN } from "./origin.ts";
import { KIND_PATTERN } from "./statement.ts";

/** Who may do one thing: this many of these keys (ids) together. */
interface Role {
  readonly keys: readonly string[];
  readonly threshold: number;
}

/** A key that is no longer believed from record index `from` on; `compromisedSince` is RFC 3339. */
interface Revocation {
  readonly key: string;
  readonly from: number;
  readonly compromisedSince?: string;
}

/** What a keyset says, as its file has it. `public` is 32 bytes in base64. */
export interface TrustRootDocument {
  readonly version: number;
  readonly origin: string;
  readonly keys: Readonly<
    Record<string, { readonly public: string; readonly kinds: readonly string[] }>
  >;
  readonly roles: { readonly root: Role; readonly records: Role; readonly checkpoint: Role };
  readonly repositories: readonly string[];
  readonly revocations: readonly Revocation[];
}

/** A keyset that was read: its form and points are accepted, its signatures not yet. */
export interface TrustRoot {
  readonly document: TrustRootDocument;
  /** Every key by its id, ready to verify. */
  readonly keys: ReadonlyMap<string, PublicKey>;
  readonly signatures: readonly EnvelopeSignature[];
}

/** Names what is signed, so that no signature over a keyset passes for one over anything else. */
const PAYLOAD_TYPE = "application/vnd.bailiff.trust-root.v1+json";
const MAX_FILE_BYTES = 1_048_576;

const keyIdSchema = z.string().regex(/^[0-9a-f]{64}$/);
const roleSchema = z
  .strictObject({ keys: z.array(keyIdSchema).min(1).max(64), threshold: z.int().min(1) })
  .refine(({ keys }) => new Set(keys).size === keys.length)
  .refine(({ keys, threshold }) => threshold <= keys.length);
/** A record and a checkpoint carry one signature: a threshold above it would be a promise that nobody keeps. */
const singleRoleSchema = roleSchema.refine(({ threshold }) => threshold === 1);

const fileSchema = z.strictObject({
  signed: z.strictObject({
    version: z.int().min(1).max(999_999),
    origin: z.string().regex(ORIGIN_PATTERN),
    keys: z.record(
      keyIdSchema,
      z.strictObject({
        public: z.string(),
        kinds: z.array(z.string().regex(KIND_PATTERN)).max(64),
      }),
    ),
    roles: z.strictObject({
      root: roleSchema,
      records: singleRoleSchema,
      checkpoint: singleRoleSchema,
    }),
    repositories: z
      .array(z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/))
      .min(1)
      .max(10_000),
    revocations: z
      .array(
        z.strictObject({
          key: keyIdSchema,
          from: z.int().min(0),
          compromisedSince: z.iso.datetime().optional(),
        }),
      )
      .max(10_000),
  }),
  signatures: z
    .array(z.strictObject({ keyid: keyIdSchema, sig: z.string().length(88) }))
    .min(1)
    .max(64),
});

/**
 * Writes a keyset's file: canonical JSON `{"signatures":[…],"signed":{…}}` and a newline.
 *
 * Throws TRUST_INVALID where `parseTrustRoot` would.
 */
export function writeTrustRoot(
  document: TrustRootDocument,
  signers: readonly SigningKey[],
): Uint8Array {
  const message = signedBytes(document);
  const signatures = signers.map((key) => ({
    keyid: key.public.id,
    sig: toBase64(key.sign(message)),
  }));
  const json = canonicalBytes({ signed: document as unknown as JsonValue, signatures });
  const bytes = Buffer.concat([json, Buffer.from("\n")]);
  parseTrustRoot(bytes);
  return bytes;
}

/**
 * Reads a keyset's file (`trust/N.root.json`). Its signatures are `verifyTrustRoot`'s.
 *
 * Throws TRUST_INVALID for another form, a role or revocation that names an unknown key, an id that
 * is not its key's, and a key whose point is of low order or not canonical.
 */
export function parseTrustRoot(bytes: Uint8Array): TrustRoot {
  const { signed, signatures } = fileOf(bytes);
  const document = signed as TrustRootDocument;
  const keys = new Map(Object.entries(document.keys).map(([id, key]) => [id, keyOf(id, key)]));
  const named = [
    ...Object.values(document.roles).flatMap((role) => role.keys),
    ...document.revocations.map(({ key }) => key),
  ];
  if (!named.every((id) => keys.has(id))) {
    throw invalid("a role or revocation names a key that is not there");
  }
  return { document, keys, signatures };
}

/**
 * Holds a keyset's signatures against the `root` role of `by`: for version 1 its own, for version
 * N+1 both its own and version N's. One key counts once.
 *
 * Throws TRUST_INVALID below the threshold.
 */
export async function verifyTrustRoot(root: TrustRoot, by: TrustRoot = root): Promise<void> {
  const message = signedBytes(root.document);
  const { keys, threshold } = by.document.roles.root;
  const held = await Promise.all(keys.map((id) => isSignedBy(root, by.keys.get(id), message)));
  if (held.filter(Boolean).length < threshold) {
    const { version } = root.document;
    throw invalid(`version ${version} lacks the ${threshold} signature(s) of its root role`);
  }
}

/** What an auditor anchors: the sha256 (hex) of a keyset's file. */
export function trustRootDigest(bytes: Uint8Array): string {
  return hash("sha256", bytes, "hex");
}

function fileOf(bytes: Uint8Array) {
  if (bytes.at(-1) !== 0x0a) {
    throw invalid("its line does not end");
  }
  const read = fileSchema.safeParse(canonicalJson(bytes.subarray(0, -1)));
  if (!read.success) {
    throw invalid(`not a keyset: ${read.error.issues[0]?.path.join(".") ?? ""}`);
  }
  return read.data;
}

function canonicalJson(bytes: Uint8Array): JsonValue {
  try {
    return parseCanonical(bytes, MAX_FILE_BYTES);
  } catch (cause) {
    throw new LedgerError("TRUST_INVALID", `trust root: ${(cause as Error).message}`, { cause });
  }
}

function keyOf(id: string, { public: base64 }: { readonly public: string }): PublicKey {
  const key = publicKeyOf(base64);
  if (key.id !== id) {
    throw invalid(`key ${id} has another key's id`);
  }
  return key;
}

function publicKeyOf(base64: string): PublicKey {
  try {
    return parsePublicKey(base64);
  } catch (cause) {
    throw new LedgerError("TRUST_INVALID", `trust root: ${(cause as Error).message}`, { cause });
  }
}

async function isSignedBy(
  root: TrustRoot,
  key: PublicKey | undefined,
  message: Uint8Array,
): Promise<boolean> {
  if (key === undefined) return false;
  const own = root.signatures.filter(({ keyid }) => keyid === key.id);
  const held = own.map(({ sig }) => verifySignature(key, message, fromBase64(sig) ?? EMPTY));
  return (await Promise.all(held)).some(Boolean);
}

const EMPTY = new Uint8Array(0);

function signedBytes(document: TrustRootDocument): Uint8Array {
  return preAuthEncoding(PAYLOAD_TYPE, canonicalBytes(document as unknown as JsonValue));
}

function invalid(what: string): LedgerError {
  return new LedgerError("TRUST_INVALID", `trust root: ${what}`);
}
