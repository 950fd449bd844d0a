import type { CommitFact, CommitPerson, SignatureKind } from "../../facts/facts.ts";
import { coAuthorsOf, subjectOf } from "./commit-message.ts";

/** The bytes of one commit, of a long one its beginning. */
export interface CommitObject {
  readonly sha: string;
  readonly content: Uint8Array;
  /** Whether that is all of it: what a message says that is cut off is unknown. */
  readonly whole: boolean;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Reads a commit as git stores it:
 *
 *     tree 5d6e…
 *     parent 1f2e…
 *     author Ann <ann@example.org> 1767322800 +0100
 *     committer Ann <ann@example.org> 1767322800 +0100
 *     gpgsig -----BEGIN SSH SIGNATURE-----
 *      U1NIU0lH…
 *
 *     Add a
 *
 * Total. A person who is not written so, or twice, is unknown; so is a message that is cut off, holds
 * a NUL, or says that it is in another encoding than UTF-8. Whether a signature is valid is unknown here.
 */
export function commitFact({ sha, content, whole }: CommitObject): CommitFact {
  const text = decoder.decode(content);
  const end = text.indexOf("\n\n");
  const headers = end === -1 ? (whole ? text.split("\n") : []) : text.slice(0, end).split("\n");
  const isReadable = whole && isUtf8(headers) && !text.includes("\0");
  const message = isReadable ? (end === -1 ? "" : text.slice(end + 2)) : null;
  return {
    sha,
    subject: message === null ? null : subjectOf(message),
    message,
    author: personOf("author", headers),
    committer: personOf("committer", headers),
    coAuthors: message === null ? null : coAuthorsOf(message),
    merge: headers.filter((line) => line.startsWith("parent ")).length > 1,
    signature: signatureOf(headers),
    verified: null,
  };
}

function isUtf8(headers: readonly string[]): boolean {
  const encodings = headers.filter((line) => line.startsWith("encoding "));
  return encodings.every((line) => /^encoding utf-?8$/i.test(line));
}

/** `NAME <EMAIL> SECONDS ±HHMM` */
const PERSON = /^([^<>]*)<([^<>]*)> (\d{1,12}) [+-]\d{4}$/;

function personOf(header: string, headers: readonly string[]): CommitPerson | null {
  const [own, ...others] = headers.filter((line) => line.startsWith(`${header} `));
  if (own === undefined || others.length > 0) return null;
  const [, name, email, seconds] = PERSON.exec(own.slice(header.length + 1)) ?? [];
  if (name === undefined || email === undefined) return null;
  return { name: name.trimEnd(), email, at: timeOf(Number(seconds)) };
}

const LAST_YEAR = 253_402_300_799;

function timeOf(seconds: number): string | null {
  return seconds > LAST_YEAR ? null : new Date(1000 * seconds).toISOString();
}

const ARMOURS: readonly (readonly [string, SignatureKind])[] = [
  ["-----BEGIN PGP SIGNATURE-----", "gpg"],
  ["-----BEGIN PGP MESSAGE-----", "gpg"],
  ["-----BEGIN SSH SIGNATURE-----", "ssh"],
  ["-----BEGIN SIGNED MESSAGE-----", "x509"],
];

function signatureOf(headers: readonly string[]): SignatureKind | null {
  const header = headers.find((line) => /^gpgsig(?:-sha256)? /.test(line));
  if (header === undefined) return null;
  return ARMOURS.find(([armour]) => header.endsWith(` ${armour}`))?.[1] ?? "other";
}
