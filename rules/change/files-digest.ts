import { canonicalJson, sha256Hex } from "../canonical.ts";
import { compareBytes } from "./path-order.ts";
import type { FileMode } from "./listing.ts";

/** One version's mode and the sha256 (hex) of its bytes; of a submodule, of the commit id's hex text. */
export interface DigestedVersion {
  readonly mode: FileMode;
  readonly sha256: string;
}

/** One changed path with both versions; a side without the file is absent. */
export interface DigestedFile {
  readonly path: string;
  readonly base?: DigestedVersion;
  readonly head?: DigestedVersion;
}

/**
 * A change's content as one sha256 (hex), free of git's SHA-1: over the canonical JSON of the
 * entries sorted by the UTF-8 bytes of their paths, literally
 *
 *     [{"base":{"mode":"100644","sha256":"…"},"head":{"mode":"100644","sha256":"…"},"path":"a"},…]
 *
 * The order of `entries` does not matter. Paths are those of `ListedFile`.
 */
export function filesDigest(entries: readonly DigestedFile[]): string {
  const sorted = entries
    .map(({ path, base, head }) => ({
      path,
      ...(base && { base: { mode: base.mode, sha256: base.sha256 } }),
      ...(head && { head: { mode: head.mode, sha256: head.sha256 } }),
    }))
    .sort((left, right) => compareBytes(left.path, right.path));
  return sha256Hex(canonicalJson(sorted));
}
