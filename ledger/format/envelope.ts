import * as z from "zod";
import { LedgerError } from "../errors.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { canonicalBytes, parseCanonical, type JsonValue } from "./canonical.ts";
import { preAuthEncoding } from "./dsse.ts";
import { verifySignature, type PublicKey, type SigningKey } from "./keys.ts";
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

const envelopeSchema = z.strictObject({
  payload: z.string().min(1),
  payloadType: z.literal(PAYLOAD_TYPE),
  signatures: z.tuple([
    z.strictObject({ keyid: z.string().regex(/^[0-9a-f]{64}$/), sig: z.string().length(88) }),
  ]),
});

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
  const envelope = envelopeSchema.safeParse(parseCanonical(line, MAX_LINE_BYTES));
  if (!envelope.success) {
    throw new LedgerError("NOT_CANONICAL", "not an envelope with one signature");
  }
  const [{ keyid, sig }] = envelope.data.signatures;
  const payloadBytes = bytesOf(envelope.data.payload);
  const statement = readStatement(parseCanonical(payloadBytes, MAX_LINE_BYTES));
  return { statement, kind: kindOf(statement), keyid, payloadBytes, signature: bytesOf(sig) };
}

/** Whether an opened record carries `key`'s signature. Runs on the thread pool. */
export function verifyEnvelope(opened: OpenedEnvelope, key: PublicKey): Promise<boolean> {
  const signed = preAuthEncoding(PAYLOAD_TYPE, opened.payloadBytes);
  return verifySignature(key, signed, opened.signature);
}

function bytesOf(base64: string): Uint8Array {
  const bytes = fromBase64(base64);
  if (bytes === null) {
    throw new LedgerError("NOT_CANONICAL", "an envelope's bytes are not in standard base64");
  }
  return bytes;
}
