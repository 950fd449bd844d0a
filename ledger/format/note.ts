import { hash } from "node:crypto";
import { LedgerError } from "../errors.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { verifySignature, type PublicKey, type SigningKey } from "./keys.ts";

/** One signature line of a note. `keyHash` is the hex of its four bytes; it only narrows the choice of keys. */
interface NoteSignature {
  readonly name: string;
  readonly keyHash: string;
  readonly signature: Uint8Array;
}

/** A C2SP signed note. `text` ends in a newline and says nothing until a signature was verified. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A key under the name that it signs notes as. */
export interface NoteKey {
  readonly name: string;
  readonly key: PublicKey;
}

const MAX_NOTE_BYTES = 65_536;
const KEY_HASH_BYTES = 4;
const ED25519 = 0x01;
const SIGNATURE_LINE = /^— ([^\p{White_Space}+]+) ([A-Za-z0-9+/=]+)$/u;

/** Signs `text` (ending in a newline) as the note of one key; c2sp.org/signed-note. */
export function signNote(text: string, name: string, key: SigningKey): Uint8Array {
  const signature = key.sign(new TextEncoder().encode(text));
  const keyHash = Buffer.from(noteKeyHash(name, key.public), "hex");
  const value = toBase64(Buffer.concat([keyHash, signature]));
  return new TextEncoder().encode(`${text}\n— ${name} ${value}\n`);
}

/**
 * Takes a signed note apart: text, one empty line, signature lines. Verifies nothing.
 *
 * Throws CHECKPOINT_INVALID above 64 KiB, for bytes that are not UTF-8, control characters, no
 * signature, and a signature line of any other spelling.
 */
export function parseNote(bytes: Uint8Array): Note {
  const whole = noteText(bytes);
  const end = whole.lastIndexOf("\n\n");
  if (end < 0 || !whole.endsWith("\n")) {
    throw invalid("no text, empty line and signatures");
  }
  const lines = whole.slice(end + 2, -1).split("\n");
  return { text: whole.slice(0, end + 1), signatures: lines.map(signatureOf) };
}

/**
 * Verifies a note under known keys: signatures of unknown keys are passed over, one of a known key
 * that fails condemns the note, and at least one must hold.
 *
 * Throws CHECKPOINT_INVALID.
 */
export async function verifyNote(note: Note, keys: readonly NoteKey[]): Promise<void> {
  const text = new TextEncoder().encode(note.text);
  const known = note.signatures.flatMap(({ name, keyHash, signature }) =>
    keys
      .filter((candidate) => candidate.name === name && hashOf(candidate) === keyHash)
      .map(({ key }) => verifySignature(key, text, signature)),
  );
  if (known.length === 0) {
    throw invalid("no signature by a known key");
  }
  if (!(await Promise.all(known)).every(Boolean)) {
    throw invalid("a known key's signature does not hold");
  }
}

/** Hex of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ 32 key bytes)[:4]: which key a signature line claims. */
export function noteKeyHash(name: string, key: PublicKey): string {
  const input = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), key.raw]);
  return hash("sha256", input, "hex").slice(0, 2 * KEY_HASH_BYTES);
}

/** `<name>+<key hash>+<base64 of 0x01 ‖ 32 key bytes>`: a key as whoever verifies notes is given it; c2sp.org/signed-note. */
export function noteVerifierKey(name: string, key: PublicKey): string {
  return `${name}+${noteKeyHash(name, key)}+${toBase64(Buffer.concat([Buffer.of(ED25519), key.raw]))}`;
}

function hashOf({ name, key }: NoteKey): string {
  return noteKeyHash(name, key);
}

function noteText(bytes: Uint8Array): string {
  if (bytes.length > MAX_NOTE_BYTES) {
    throw invalid(`larger than ${MAX_NOTE_BYTES} bytes`);
  }
  const text = utf8Text(bytes);
  if (/[\0-\x09\x0b-\x1f]/.test(text)) {
    throw invalid("a control character");
  }
  return text;
}

function utf8Text(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new LedgerError("CHECKPOINT_INVALID", "signed note: not UTF-8", { cause });
  }
}

function signatureOf(line: string): NoteSignature {
  const [, name = "", value = ""] = SIGNATURE_LINE.exec(line) ?? [];
  const bytes = fromBase64(value);
  if (bytes === null || bytes.length <= KEY_HASH_BYTES) {
    throw invalid("a signature line of another form");
  }
  const keyHash = Buffer.from(bytes.subarray(0, KEY_HASH_BYTES)).toString("hex");
  return { name, keyHash, signature: bytes.subarray(KEY_HASH_BYTES) };
}

function invalid(what: string): LedgerError {
  return new LedgerError("CHECKPOINT_INVALID", `signed note: ${what}`);
}
