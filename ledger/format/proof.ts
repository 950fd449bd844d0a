import { DIGEST_BYTES, nodeHash, type Digest } from "./tree.ts";

/** The leaves from index `start` up to, not including, `end`. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** A tree head, as proofs speak of one. */
export interface TreeHead {
  readonly size: number;
  readonly root: Digest;
}

/** That `leaf` stands at `index` of the tree `head`; `proof` goes from the leaf's sibling up. */
export interface InclusionClaim {
  readonly index: number;
  readonly leaf: Digest;
  readonly head: TreeHead;
  readonly proof: readonly Digest[];
}

/** That the tree `to` begins with all leaves of the tree `from`, in their order. */
export interface ConsistencyClaim {
  readonly from: TreeHead;
  readonly to: TreeHead;
  readonly proof: readonly Digest[];
}

/**
 * Whose roots an inclusion proof is made of, in its order; RFC 6962 §2.1.1.
 *
 * `index` is below `size`. The ranges and the leaf itself make up the whole tree, once.
 */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  return pathRanges(index, { start: 0, end: size });
}

/**
 * Whose roots a consistency proof from size `from` to size `to` is made of, in its order; RFC 6962
 * §2.1.2. `from` is at most `to`; none for an empty tree, which every tree begins with.
 */
export function consistencyRanges(from: number, to: number): readonly LeafRange[] {
  return from === 0 ? [] : subproofRanges(from, { start: 0, end: to }, true);
}

/** Whether an inclusion proof holds. False, never a throw, for whatever is wrong with it. */
export function verifyInclusion({ index, leaf, head, proof }: InclusionClaim): boolean {
  const { size, root } = head;
  if (!isIndex(index) || !isIndex(size) || index >= size) return false;
  if (![leaf, root, ...proof].every(isDigest)) return false;

  const ranges = inclusionRanges(index, size);
  if (proof.length !== ranges.length) return false;
  const reached = proof.reduce((node, sibling, at) => {
    const isRight = (ranges[at]?.start ?? 0) > index;
    return isRight ? nodeHash(node, sibling) : nodeHash(sibling, node);
  }, leaf);
  return isEqual(reached, root);
}

/**
 * Whether a consistency proof holds. False, never a throw, for whatever is wrong with it, and for
 * an empty `from`: nothing can be told of one.
 */
export function verifyConsistency({ from, to, proof }: ConsistencyClaim): boolean {
  if (!isIndex(from.size) || !isIndex(to.size) || from.size === 0 || from.size > to.size) {
    return false;
  }
  if (![from.root, to.root, ...proof].every(isDigest)) return false;

  const ranges = consistencyRanges(from.size, to.size);
  if (proof.length !== ranges.length) return false;
  const reached = foldBoth({ from, proof, ranges });
  return isEqual(reached.old, from.root) && isEqual(reached.new, to.root);
}

function pathRanges(index: number, { start, end }: LeafRange): readonly LeafRange[] {
  if (end - start <= 1) return [];
  const middle = start + splitOf(end - start);
  const [left, right] = [
    { start, end: middle },
    { start: middle, end },
  ];
  return index < middle ? [...pathRanges(index, left), right] : [...pathRanges(index, right), left];
}

/** RFC 6962's SUBPROOF; `isOld`: the range begins at 0 and its root, the old one, is known. */
function subproofRanges(from: number, range: LeafRange, isOld: boolean): readonly LeafRange[] {
  const { start, end } = range;
  if (from === end) return isOld ? [] : [range];
  const middle = start + splitOf(end - start);
  return from <= middle
    ? [...subproofRanges(from, { start, end: middle }, isOld), { start: middle, end }]
    : [...subproofRanges(from, { start: middle, end }, false), { start, end: middle }];
}

/**
 * Both roots at once: what stands left of the old tree's end is in both, what stands right of it
 * in the new one alone.
 */
function foldBoth({
  from,
  proof,
  ranges,
}: Pick<ConsistencyClaim, "from" | "proof"> & { readonly ranges: readonly LeafRange[] }) {
  const isWhole = ranges[0]?.end !== from.size;
  const [seed = from.root, ...siblings] = isWhole ? [from.root, ...proof] : proof;
  const starts = isWhole ? ranges : ranges.slice(1);
  return siblings.reduce(
    (node, sibling, at) =>
      (starts[at]?.start ?? 0) < from.size
        ? { old: nodeHash(sibling, node.old), new: nodeHash(sibling, node.new) }
        : { old: node.old, new: nodeHash(node.new, sibling) },
    { old: seed, new: seed },
  );
}

/** The largest power of two below `size`, which is 2 or more: where RFC 6962 splits a tree. */
function splitOf(size: number): number {
  let split = 1;
  // Not by shifts or logarithms: sizes go beyond 32 bits, and 2^49 + 1 has the logarithm of 2^49.
  while (split * 2 < size) split *= 2;
  return split;
}

function isIndex(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isDigest(digest: Digest): boolean {
  return digest.length === DIGEST_BYTES;
}

function isEqual(one: Digest, other: Digest): boolean {
  return Buffer.from(one).equals(other);
}
