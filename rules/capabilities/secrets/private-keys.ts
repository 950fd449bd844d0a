import type { FoundSecret } from "./found-secret.ts";

/** `-----BEGIN EC PRIVATE KEY-----` (RFC 7468), `-----BEGIN PGP PRIVATE KEY BLOCK-----` (RFC 9580 §6.2). */
const BEGIN = /-----BEGIN ?(?:([A-Z0-9]{1,20}) )?PRIVATE KEY(?: BLOCK)?-----/g;
const END = "-----END";
const END_LINE = /-----END[A-Z0-9 ]{0,60}-----/y;

/** A key of RSA-16384 has 13,000 characters. */
const MAX_BODY = 20_000;
/** An Ed25519 key has 64 characters, all in one line. */
const MIN_BODY = 48;
/** The pieces of a body that count: code around a key has words, a key has long lines. */
export const KEY_PIECES = /[A-Za-z0-9+/=]{16,}/g;

/** So many characters tell keys apart in every format, and stand in whole lines of every layout. */
const TELLING = 128;

/** RFC 1421 §4.6.1.1. */
const ENCRYPTED = /Proc-Type: ?4,ENCRYPTED/;
/** A DER sequence, and `openssh-key-v1`. */
const PEM_BODY = /^(?:M|b3BlbnNzaC1rZXktdjE)/;
/** A secret key's packet, of the old form and the new. */
const PGP_BODY = /^[lx]/;

/**
 * Private keys in PEM, OpenSSH's and OpenPGP's armour: as they are, indented, quoted line by line,
 * in a comment, or with their line ends as escapes. One that a pass phrase encrypts is none, where
 * its armour says so. Linear.
 */
export function privateKeys(text: string): FoundSecret[] {
  if (!text.includes("PRIVATE KEY")) return [];
  const begins = [...text.matchAll(BEGIN)];
  let end = -1;
  return begins.flatMap(({ 0: armour, 1: type, index }, at) => {
    const start = index + armour.length;
    if (end < start) end = endAfter(text, start);
    // Another key that begins before this one ends: it has no end, and no text is read twice.
    if (end > (begins[at + 1]?.index ?? text.length) || end - start > MAX_BODY) return [];
    const value = bodyOf(text.slice(start, end), type);
    return value === null
      ? []
      : [{ name: "private key", value, start: index, end: pastEnd(text, end) }];
  });
}

function endAfter(text: string, start: number): number {
  const end = text.indexOf(END, start);
  return end < 0 ? Infinity : end;
}

function pastEnd(text: string, end: number): number {
  END_LINE.lastIndex = end;
  return END_LINE.test(text) ? END_LINE.lastIndex : end + END.length;
}

/** Null for a placeholder, or what is encrypted. */
function bodyOf(text: string, type: string | undefined): string | null {
  if (type === "ENCRYPTED" || ENCRYPTED.test(text)) return null;
  const body = text
    .replace(/\\+[nrt]/g, "\n")
    .split(/[\r\n]/)
    .filter((line) => !line.includes(": "))
    .flatMap((line) => line.match(KEY_PIECES) ?? [])
    .join("");
  const isKey = (type === "PGP" ? PGP_BODY : PEM_BODY).test(body) && body.length >= MIN_BODY;
  return isKey ? body.slice(0, TELLING) : null;
}
