import { toBase64 } from "./base64.ts";
import type { Digest } from "./tree.ts";

/** What a proof's file says of one entry. */
export interface ProofParts {
  readonly index: number;
  /** The entry's bytes, so that whoever checks the proof need not put them together. */
  readonly entry: Uint8Array;
  /** From the leaf's sibling up. */
  readonly proof: readonly Digest[];
  /** The signed note that the proof leads to, as it stands. */
  readonly checkpoint: Uint8Array;
}

/**
 * Writes that an entry is in a log, for anybody's tool: c2sp.org/tlog-proof.
 *
 * `extra` is the entry. It is no secret and no authority: who checks hashes it, and believes it if
 * the proof then leads to the signed root.
 *
 * ```
 * c2sp.org/tlog-proof@v1
 * extra bGVkZ2VyLWxlYWYvdjEgdmVyZGljdCAzOGE5…
 * index 1
 * gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
 *
 * bailiff.dev/ledger/0f1e2d3c4b5a69788796a5b4c3d2e1f0
 * 2
 * CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *
 * — bailiff.dev/ledger/0f1e2d3c4b5a69788796a5b4c3d2e1f0 Az3grlgt…
 * ```
 */
export function formatProof({ index, entry, proof, checkpoint }: ProofParts): Uint8Array {
  const head = ["c2sp.org/tlog-proof@v1", `extra ${toBase64(entry)}`, `index ${index}`];
  const text = [...head, ...proof.map(toBase64), "", ""].join("\n");
  return Buffer.concat([Buffer.from(text), checkpoint]);
}
