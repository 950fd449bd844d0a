import type { LedgerClone } from "../branch.ts";
import { LedgerError } from "../errors.ts";
import { fromBase64 } from "../format/base64.ts";
import { inclusionRanges, verifyInclusion } from "../format/proof.ts";
import { formatProof } from "../format/proof-file.ts";
import { leafHash, type Digest } from "../format/tree.ts";
import { signedHead } from "../signed-head.ts";
import { ledgerEntries } from "./ledger-entries.ts";
import { rangeRoots } from "./range-roots.ts";

/**
 * The proof, as a c2sp.org/tlog-proof, that a record stands in the tree of the branch's checkpoint;
 * null where the ledger has no record of this index.
 *
 * No proof is given that does not hold: throws what `signedHead` throws, and TREE_MISMATCH where the
 * records do not lead to the checkpoint's root.
 */
export async function proveRecord(clone: LedgerClone, index: number): Promise<Uint8Array | null> {
  const { bytes, checkpoint } = await signedHead(clone);
  const { size } = checkpoint;
  if (index >= size) return null;

  const asked = new AskedEntry(index);
  const proof = await rangeRoots(inclusionRanges(index, size), asked.watch(ledgerEntries(clone)));
  const { entry } = asked;
  if (entry === null || !leadsTo(checkpoint.root, { index, size, entry, proof })) {
    const what = "the records do not lead to the root that the checkpoint names";
    throw new LedgerError("TREE_MISMATCH", what);
  }
  return formatProof({ index, entry, proof, checkpoint: bytes });
}

/** Keeps one entry of a stream that passes through. */
class AskedEntry {
  entry: Uint8Array | null = null;
  readonly #index: number;

  constructor(index: number) {
    this.#index = index;
  }

  async *watch(entries: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let index = 0;
    for await (const entry of entries) {
      if (index++ === this.#index) this.entry = entry;
      yield entry;
    }
  }
}

interface Proven {
  readonly index: number;
  readonly size: number;
  readonly entry: Uint8Array;
  readonly proof: readonly Digest[];
}

function leadsTo(root: string, { index, size, entry, proof }: Proven): boolean {
  const head = { size, root: fromBase64(root) ?? new Uint8Array(0) };
  return verifyInclusion({ index, leaf: leafHash(entry), head, proof });
}
