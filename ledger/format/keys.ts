import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  sign as signWith,
  verify as verifyWith,
  type KeyObject,
} from "node:crypto";
import { LedgerError } from "../errors.ts";
import { fromBase64, toBase64 } from "./base64.ts";

/** An Ed25519 public key. `id` is the sha256 (hex) of its 32 raw bytes, `base64` those bytes. */
export interface PublicKey {
  readonly id: string;
  readonly base64: string;
  readonly raw: Uint8Array;
  readonly object: KeyObject;
}

/** An Ed25519 key that signs; what holds it never shows the private half. */
export interface SigningKey {
  readonly public: PublicKey;
  /** The 64 bytes of the Ed25519 signature over `bytes` (RFC 8032): equal bytes, equal signature. */
  sign(bytes: Uint8Array): Uint8Array;
}

const SIGNATURE_BYTES = 64;
const MAX_PEM_CHARACTERS = 16_384;

/**
 * Reads a signing key: PKCS#8 PEM (`-----BEGIN PRIVATE KEY-----`), Ed25519.
 *
 * Throws KEY_WRONG_KIND, with what it is instead, for any other key; the message never quotes it.
 */
export function parseSigningKey(pem: string): SigningKey {
  refuseOtherPem(pem);
  const object = privateKey(pem);
  if (object.asymmetricKeyType !== "ed25519") {
    throw wrongKind(`the signing key is ${object.asymmetricKeyType ?? "unknown"}, not Ed25519`);
  }
  return signingKey(object);
}

/** A new signing key, and its PKCS#8 PEM to be kept. */
export function generateSigningKey(): { readonly key: SigningKey; readonly pem: string } {
  const { privateKey: object } = generateKeyPairSync("ed25519");
  const pem = object.export({ type: "pkcs8", format: "pem" }) as string;
  return { key: signingKey(object), pem };
}

/**
 * Reads a public key: the base64 of 32 raw bytes (RFC 8032 §5.1.5).
 *
 * Throws KEY_INVALID for another length or spelling, a y of 2^255 - 19 or more, and the points of
 * low order, under which one signature holds for many messages (CCTV's ed25519 vectors).
 */
export function parsePublicKey(base64: string): PublicKey {
  const raw = fromBase64(base64);
  if (raw?.length !== 32) {
    throw new LedgerError("KEY_INVALID", "a public key is 32 bytes in standard base64");
  }
  if (!isCanonicalPoint(raw) || isLowOrderPoint(raw)) {
    throw new LedgerError("KEY_INVALID", "a public key whose point is of low order or not reduced");
  }
  return publicKey(raw);
}

/** The id of a public key: sha256 (hex) of its 32 raw bytes. */
export function keyId(raw: Uint8Array): string {
  return hash("sha256", raw, "hex");
}

/**
 * Whether `signature` is `key`'s over `bytes`. Never throws for a bad signature.
 *
 * False also where its R is a point of low order, which only the key's holder can bring about:
 * OpenSSL 3.0 takes such a signature and 3.5 does not, and two auditors shall not disagree.
 * Runs on the thread pool: many at once use all cores.
 */
export function verifySignature(
  key: PublicKey,
  bytes: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (!mayHold(signature)) return Promise.resolve(false);
  return new Promise((resolve) => {
    verifyWith(null, bytes, key.object, signature, (error, valid) => {
      resolve(error === null && valid);
    });
  });
}

/** As `verifySignature`, on the calling thread while it waits. */
export function signatureHolds(key: PublicKey, bytes: Uint8Array, signature: Uint8Array): boolean {
  return mayHold(signature) && verifyWith(null, bytes, key.object, signature);
}

function mayHold(signature: Uint8Array): boolean {
  return signature.length === SIGNATURE_BYTES && !isLowOrderPoint(signature.subarray(0, 32));
}

function refuseOtherPem(pem: string): void {
  if (pem.length > MAX_PEM_CHARACTERS) {
    throw wrongKind("the signing key is too long to be one");
  }
  const label = /^-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem.trimStart())?.[1];
  if (label !== "PRIVATE KEY") {
    const found = label === undefined ? "no PEM" : `"${label}"`;
    throw wrongKind(`the signing key is ${found}, not an unencrypted PKCS#8 "PRIVATE KEY"`);
  }
}

function privateKey(pem: string): KeyObject {
  try {
    return createPrivateKey({ key: pem, format: "pem" });
  } catch (cause) {
    throw wrongKind("the signing key's PEM cannot be read", { cause });
  }
}

function wrongKind(what: string, options?: ErrorOptions): LedgerError {
  return new LedgerError(
    "KEY_WRONG_KIND",
    `${what}: make one with \`bailiff keys generate\``,
    options,
  );
}

function signingKey(object: KeyObject): SigningKey {
  const jwk = createPublicKey(object).export({ format: "jwk" });
  const raw = new Uint8Array(Buffer.from(jwk.x ?? "", "base64url"));
  return {
    public: publicKey(raw),
    sign: (bytes) => new Uint8Array(signWith(null, bytes, object)),
  };
}

function publicKey(raw: Uint8Array): PublicKey {
  const jwk = { kty: "OKP", crv: "Ed25519", x: Buffer.from(raw).toString("base64url") };
  const object = createPublicKey({ key: jwk, format: "jwk" });
  return { id: keyId(raw), base64: toBase64(raw), raw, object };
}

const FIELD_PRIME = 2n ** 255n - 19n;

/** The y of every point of order 1, 2, 4 or 8 (the sign of x makes eight points of them). */
const LOW_ORDER_Y: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  FIELD_PRIME - 1n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
]);

function isCanonicalPoint(raw: Uint8Array): boolean {
  return yCoordinate(raw) < FIELD_PRIME;
}

function isLowOrderPoint(raw: Uint8Array): boolean {
  return LOW_ORDER_Y.has(yCoordinate(raw) % FIELD_PRIME);
}

function yCoordinate(raw: Uint8Array): bigint {
  const bigEndian = Uint8Array.from(raw).reverse();
  bigEndian[0] = (bigEndian[0] ?? 0) & 0x7f;
  return BigInt(`0x${Buffer.from(bigEndian).toString("hex")}`);
}
