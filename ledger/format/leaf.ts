import { hash } from "node:crypto";
import { LedgerError } from "../errors.ts";
import { KIND_PATTERN } from "./statement.ts";
import { leafHash, type Digest } from "./tree.ts";

/**
 * The tree's entry for a record: `ledger-leaf/v1 <kind> <sha256 of the line's bytes, hex>\n`.
 *
 * Fixed ASCII: any tile client checks it, and a record can be expunged while every root still holds.
 * `line` goes without its newline. Throws KIND_MISMATCH for a kind that no predicate can have.
 */
export function leafEntry(kind: string, line: Uint8Array): Uint8Array {
  if (!KIND_PATTERN.test(kind)) {
    throw new LedgerError("KIND_MISMATCH", "a leaf's kind is lower-case words");
  }
  return new TextEncoder().encode(`ledger-leaf/v1 ${kind} ${hash("sha256", line, "hex")}\n`);
}

/** The RFC 6962 leaf hash of a record's line (without its newline). */
export function recordLeaf(kind: string, line: Uint8Array): Digest {
  return leafHash(leafEntry(kind, line));
}
