import type { LedgerClone } from "../branch.ts";
import { parseBatch } from "../format/batch.ts";
import type { Digest } from "../format/tree.ts";
import type { PlacedBatch } from "../replay.ts";
import { claimedLeaf } from "./judge-line.ts";

/**
 * The leaf hashes of the records in these batches, in order, one batch in memory.
 *
 * A line's kind is taken as it claims it, and nothing else of it is looked at: only where the leaves
 * lead to a signed root do they say anything. Throws NOT_CANONICAL or TOO_LARGE for a batch that
 * does not come apart.
 */
export async function* leavesOf(
  clone: LedgerClone,
  batches: readonly PlacedBatch[],
): AsyncGenerator<Digest> {
  for await (const bytes of clone.readAll(batches.map(({ path }) => path))) {
    for (const line of parseBatch(bytes)) yield claimedLeaf(line);
  }
}
