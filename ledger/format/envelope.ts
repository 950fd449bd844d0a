import { LedgerError } from "../errors.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { canonicalBytes, parseCanonical, type JsonValue } from "./canonical.ts";
import { preAuthEncoding } from "./dsse.ts";
import { signatureHolds, verifySignature, type PublicKey, type SigningKey } from "./keys.ts";
import { MAX_LINE_BYTES } from "./limits.ts";
import { kindOf, readStatement, type Statement } from "./statement.ts";

const PAYLOAD_TYPE = "application/vnd.in-toto+json";

/** A record's line, opened. Its signature is not verified; `keyid` is only a claim until it is. */
export interface OpenedEnvelope {
  readonly statement: Statement;
  readonly kind: string;
  readonly keyid: string;
  readonly payloadBytes: Uint8Array;
  readonly signature: Uint8Array;
}

/** A canonical envelope with one signature: sorted, its texts unescaped, it has this one spelling. */
const FORM =
  /^\{"payload":"([A-Za-z0-9+/=]+)","payloadType":"application\/vnd\.in-toto\+json","signatures":\[\{"keyid":"([0-9a-f]{64})","sig":"([A-Za-z0-9+/=]{88})"\}\]\}$/;

/**
 * Signs a statement: one line, without its newline, canonical inside and out.
 *
 * ```
 * {"payload":"<base64>","payloadType":"application/vnd.in-toto+json","signatures":[{"keyid":"<hex>","sig":"<base64>"}]}
 * ```
 *
 * Throws TOO_LARGE above 256 KiB, NOT_CANONICAL for a statement that has no canonical form.
 */
export function signEnvelope(statement: Statement, key: SigningKey): Uint8Array {
  const payload = canonicalBytes(statement as unknown as JsonValue);
  const sig = toBase64(key.sign(preAuthEncoding(PAYLOAD_TYPE, payload)));
  const line = canonicalBytes({
    payload: toBase64(payload),
    payloadType: PAYLOAD_TYPE,
    signatures: [{ keyid: key.public.id, sig }],
  });
  if (line.length > MAX_LINE_BYTES) {
    throw new LedgerError(
      "TOO_LARGE",
      `a record of ${line.length} bytes; a line holds ${MAX_LINE_BYTES}`,
    );
  }
  return line;
}

/**
 * Opens a record's line (without its newline): envelope and payload must equal their canonical form.
 *
 * Throws TOO_LARGE above 256 KiB and NOT_CANONICAL for everything that is not a record's form.
 */
export function openEnvelope(line: Uint8Array): OpenedEnvelope {
  if (line.length > MAX_LINE_BYTES) {
    throw new LedgerError("TOO_LARGE", `${line.length} bytes, at most ${MAX_LINE_BYTES} are read`);
  }
  const [, payload, keyid, sig] = FORM.exec(latin1Text(line)) ?? [];
  if (payload === undefined || keyid === undefined || sig === undefined) {
    throw new LedgerError("NOT_CANONICAL", "not a canonical envelope with one signature");
  }
  const payloadBytes = bytesOf(payload);
  const statement = readStatement(parseCanonical(payloadBytes, MAX_LINE_BYTES));
  return { statement, kind: kindOf(statement), keyid, payloadBytes, signature: bytesOf(sig) };
}

/** Whether an opened record carries `key`'s signature. Runs on the thread pool. */
export function verifyEnvelope(opened: OpenedEnvelope, key: PublicKey): Promise<boolean> {
  const signed = preAuthEncoding(PAYLOAD_TYPE, opened.payloadBytes);
  return verifySignature(key, signed, opened.signature);
}

/** As `verifyEnvelope`, on the calling thread while it waits. */
export function envelopeHolds(opened: OpenedEnvelope, key: PublicKey): boolean {
  const signed = preAuthEncoding(PAYLOAD_TYPE, opened.payloadBytes);
  return signatureHolds(key, signed, opened.signature);
}

function latin1Text(line: Uint8Array): string {
  return Buffer.from(line.buffer, line.byteOffset, line.length).toString("latin1");
}

function bytesOf(base64: string): Uint8Array {
  const bytes = fromBase64(base64);
  if (bytes === null) {
    throw new LedgerError("NOT_CANONICAL", "an envelope's bytes are not in standard base64");
  }
  return bytes;
}
