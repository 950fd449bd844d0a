import { hash } from "node:crypto";
import { LedgerError } from "../errors.ts";

/** A sha256 digest: 32 bytes. */
export type Digest = Uint8Array;

export const DIGEST_BYTES = 32;

/**
 * Hashes one entry as a Merkle leaf: SHA-256(0x00 ‖ entry), RFC 6962 §2.1.
 *
 * The 0x00 keeps a leaf from being replayed as an inner node (0x01).
 */
export function leafHash(entry: Uint8Array): Digest {
  const input = new Uint8Array(1 + entry.length);
  input.set(entry, 1);
  return hash("sha256", input, "buffer");
}

/** Hashes two children, 32 bytes each, as an inner node: SHA-256(0x01 ‖ left ‖ right), RFC 6962 §2.1. */
export function nodeHash(left: Digest, right: Digest): Digest {
  const input = new Uint8Array(1 + 2 * DIGEST_BYTES);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 1 + DIGEST_BYTES);
  return hash("sha256", input, "buffer");
}

/** The root of the tree without leaves: SHA-256 of nothing, RFC 6962 §2.1. */
export function emptyRoot(): Digest {
  return hash("sha256", new Uint8Array(0), "buffer");
}

/**
 * The right edge of an RFC 6962 tree: the roots of its complete subtrees, largest first.
 *
 * It holds all that appending needs, at most 53 digests whatever the size.
 */
export class Frontier {
  #size: number;
  readonly #peaks: Digest[];

  /** `peaks` must be those of a tree of `size` leaves; throws TREE_MISMATCH where their number differs. */
  constructor(size = 0, peaks: readonly Digest[] = []) {
    if (!Number.isSafeInteger(size) || size < 0 || peaks.length !== peakCount(size)) {
      throw new LedgerError("TREE_MISMATCH", `${peaks.length} peaks for a tree of size ${size}`);
    }
    this.#size = size;
    this.#peaks = [...peaks];
  }

  get size(): number {
    return this.#size;
  }

  get peaks(): readonly Digest[] {
    return this.#peaks;
  }

  /** Places one leaf hash at index `size`. */
  append(leaf: Digest): void {
    let node = leaf;
    for (let rest = this.#size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      node = nodeHash(this.#peaks.pop() ?? leaf, node);
    }
    this.#peaks.push(node);
    this.#size += 1;
  }

  /** The tree's root: the peaks folded from the right. */
  root(): Digest {
    return this.#peaks.reduceRight<Digest | null>(foldPeak, null) ?? emptyRoot();
  }

  copy(): Frontier {
    return new Frontier(this.#size, this.#peaks);
  }
}

function foldPeak(right: Digest | null, peak: Digest): Digest {
  return right === null ? peak : nodeHash(peak, right);
}

/** How many complete subtrees a tree has: the ones in the binary form of its size. */
function peakCount(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) {
    count += rest % 2;
  }
  return count;
}
