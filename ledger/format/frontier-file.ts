import { LedgerError } from "../errors.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { DIGEST_BYTES, Frontier, type Digest } from "./tree.ts";

/** More than a tree of 2^53 leaves has. */
const MAX_FILE_BYTES = 4_096;

/** The `frontier` file: the tree's peaks in base64, largest first, one a line. Its size stands in `checkpoint`. */
export function formatFrontier(frontier: Frontier): Uint8Array {
  return new TextEncoder().encode(frontier.peaks.map((peak) => `${toBase64(peak)}\n`).join(""));
}

/**
 * Reads the `frontier` of a tree of `size` leaves; whether it folds to the signed root is the caller's to ask.
 *
 * Throws TREE_MISMATCH for another number of peaks or any other spelling.
 */
export function parseFrontier(bytes: Uint8Array, size: number): Frontier {
  if (bytes.length > MAX_FILE_BYTES) {
    throw new LedgerError("TREE_MISMATCH", "frontier: larger than any tree's peaks");
  }
  const lines = new TextDecoder().decode(bytes).split("\n");
  if (lines.pop() !== "") {
    throw new LedgerError("TREE_MISMATCH", "frontier: its last line does not end");
  }
  return new Frontier(size, lines.map(peak));
}

function peak(line: string, index: number): Digest {
  const digest = fromBase64(line);
  if (digest?.length !== DIGEST_BYTES) {
    throw new LedgerError("TREE_MISMATCH", `frontier:${index + 1}: not a digest in base64`);
  }
  return digest;
}
