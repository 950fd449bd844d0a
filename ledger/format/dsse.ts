/** One signature of an envelope. `keyid` is unauthenticated: it only narrows the choice of keys. */
export interface EnvelopeSignature {
  readonly keyid: string;
  readonly sig: string;
}

/**
 * The bytes that a DSSE signature covers: `DSSEv1 <length> <type> <length> <body>`, lengths in bytes.
 *
 * Source: the DSSE protocol, version 1.0.
 */
export function preAuthEncoding(payloadType: string, body: Uint8Array): Uint8Array {
  const type = Buffer.from(payloadType);
  const head = Buffer.from(`DSSEv1 ${type.length} ${payloadType} ${body.length} `);
  return Buffer.concat([head, body]);
}
