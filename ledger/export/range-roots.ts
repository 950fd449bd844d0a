import type { LeafRange } from "../format/proof.ts";
import { Frontier, leafHash, type Digest } from "../format/tree.ts";

/**
 * The roots of ranges of leaves, in the ranges' order, from entries that stream by in index order.
 *
 * The ranges do not overlap. Memory holds one frontier a range: a proof of any tree has at most 54.
 */
export async function rangeRoots(
  ranges: readonly LeafRange[],
  entries: AsyncIterable<Uint8Array>,
): Promise<readonly Digest[]> {
  const grown = ranges.map((range) => ({ ...range, frontier: new Frontier() }));
  const ahead = grown.toSorted((a, b) => a.start - b.start);
  let index = 0;
  for await (const entry of entries) {
    const [next] = ahead;
    if (next !== undefined && index >= next.start) next.frontier.append(leafHash(entry));
    index += 1;
    if (index === next?.end) ahead.shift();
  }
  return grown.map(({ frontier }) => frontier.root());
}
