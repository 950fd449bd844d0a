import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  consistencyRanges,
  inclusionRanges,
  verifyConsistency,
  verifyInclusion,
  type LeafRange,
} from "../../../ledger/format/proof.ts";
import { emptyRoot, Frontier, leafHash, nodeHash } from "../../../ledger/format/tree.ts";
import { vectorFiles, vectorJson, VECTORS_NOTE, VECTORS_PRESENT } from "../vectors.ts";

const LEAVES = Array.from({ length: 300 }, (_, index) => leafHash(Buffer.from(String(index))));

function rootOf({ start, end }: LeafRange): Uint8Array {
  const frontier = new Frontier();
  for (const leaf of LEAVES.slice(start, end)) frontier.append(leaf);
  return frontier.root();
}

function leaf(index: number): Uint8Array {
  return LEAVES[index] ?? emptyRoot();
}

function head(size: number) {
  return { size, root: rootOf({ start: 0, end: size }) };
}

function inclusion(index: number, size: number) {
  return {
    index,
    leaf: leaf(index),
    head: head(size),
    proof: inclusionRanges(index, size).map(rootOf),
  };
}

function consistency(from: number, to: number) {
  return {
    from: head(from),
    to: head(to),
    proof: consistencyRanges(from, to).map(rootOf),
  };
}

const sizeAndPart = fc
  .integer({ min: 1, max: LEAVES.length })
  .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 1, max: size })));

test("every leaf of every tree to 40 is proven, and its siblings and it are the whole tree, once", () => {
  for (let size = 1; size <= 40; size += 1) {
    for (let index = 0; index < size; index += 1) {
      expect(verifyInclusion(inclusion(index, size))).toBe(true);
      const ranges = [...inclusionRanges(index, size), { start: index, end: index + 1 }];
      const sorted = ranges.toSorted((a, b) => a.start - b.start);
      expect(sorted.map(({ end }) => end)).toEqual([
        ...sorted.slice(1).map(({ start }) => start),
        size,
      ]);
    }
  }
});

test("every tree to 40 is proven to begin every larger one", () => {
  for (let to = 1; to <= 40; to += 1) {
    for (let from = 1; from <= to; from += 1) {
      expect(verifyConsistency(consistency(from, to))).toBe(true);
    }
  }
});

test("an inclusion proof with any bit flipped, or a digest more or fewer, does not hold", () => {
  fc.assert(
    fc.property(sizeAndPart, fc.nat(), fc.nat(255), ([size, part], which, bit) => {
      const claim = inclusion(part - 1, size);
      for (const proof of alterations(claim.proof, which, bit)) {
        expect(verifyInclusion({ ...claim, proof })).toBe(false);
      }
      expect(verifyInclusion({ ...claim, leaf: flipped(claim.leaf, bit) })).toBe(false);
      const { root } = claim.head;
      expect(verifyInclusion({ ...claim, head: { size, root: flipped(root, bit) } })).toBe(false);
    }),
    { numRuns: 200 },
  );
});

test("a consistency proof with any bit flipped, or a digest more or fewer, does not hold", () => {
  fc.assert(
    fc.property(sizeAndPart, fc.nat(), fc.nat(255), ([to, from], which, bit) => {
      const claim = consistency(from, to);
      for (const proof of alterations(claim.proof, which, bit)) {
        expect(verifyConsistency({ ...claim, proof })).toBe(false);
      }
      const old = { size: from, root: flipped(claim.from.root, bit) };
      expect(verifyConsistency({ ...claim, from: old })).toBe(false);
      const grown = { size: to, root: flipped(claim.to.root, bit) };
      expect(verifyConsistency({ ...claim, to: grown })).toBe(false);
    }),
    { numRuns: 200 },
  );
});

test("an inclusion proof holds at no other index", () => {
  const claim = inclusion(5, 8);
  const others = [0, 1, 2, 3, 4, 6, 7].map((index) => verifyInclusion({ ...claim, index }));
  expect(others).toEqual(Array(7).fill(false));
});

test.each([
  { when: "an index at the size", index: 8, size: 8 },
  { when: "a negative index", index: -1, size: 8 },
  { when: "half an index", index: 1.5, size: 8 },
  { when: "no index", index: Number.NaN, size: 8 },
  { when: "a size beyond 2^53", index: 0, size: 2 ** 54 },
  { when: "an endless size", index: 0, size: Infinity },
  { when: "an empty tree", index: 0, size: 0 },
])("an inclusion proof for $when does not hold", ({ index, size }) => {
  expect(verifyInclusion({ ...inclusion(0, 8), index, head: { ...head(8), size } })).toBe(false);
});

test.each([
  { when: "an empty tree", from: 0, to: 8 },
  { when: "a tree that is larger", from: 9, to: 8 },
  { when: "a tree that is far larger", from: 2 ** 40, to: 8 },
  { when: "a negative size", from: -1, to: 8 },
  { when: "half a size", from: 1.5, to: 8 },
  { when: "an endless size", from: 1, to: Infinity },
])("a consistency proof from $when does not hold", ({ from, to }) => {
  const claim = consistency(8, 8);
  const sized = { from: { ...claim.from, size: from }, to: { ...claim.to, size: to } };
  expect(verifyConsistency({ ...claim, ...sized })).toBe(false);
});

test("a digest of another length is no part of a proof", () => {
  const leaf = Buffer.alloc(33);
  const empty = { size: 1, root: leaf };
  expect(verifyInclusion({ index: 0, leaf, head: empty, proof: [] })).toBe(false);
  expect(verifyConsistency({ from: empty, to: empty, proof: [] })).toBe(false);
  const claim = inclusion(0, 2);
  const proof = claim.proof.map((digest) => Buffer.concat([digest, Buffer.of(0)]));
  expect(verifyInclusion({ ...claim, proof })).toBe(false);
});

test("sizes beyond 32 bits split where RFC 6962 splits them", () => {
  const size = 2 ** 49 + 1;
  expect(inclusionRanges(size - 1, size)).toEqual([{ start: 0, end: 2 ** 49 }]);
  const [left, right] = [leafHash(Buffer.from("a")), leafHash(Buffer.from("b"))];
  const claim = { index: size - 1, leaf: right, head: { size, root: nodeHash(left, right) } };
  expect(verifyInclusion({ ...claim, proof: [left] })).toBe(true);
});

test("a proof's digests are those that RFC 6962 names in its example of seven leaves", () => {
  const spans = (ranges: readonly LeafRange[]) => ranges.map(({ start, end }) => [start, end]);
  expect([0, 3, 4, 6].map((index) => spans(inclusionRanges(index, 7)))).toEqual([
    [
      [1, 2],
      [2, 4],
      [4, 7],
    ],
    [
      [2, 3],
      [0, 2],
      [4, 7],
    ],
    [
      [5, 6],
      [6, 7],
      [0, 4],
    ],
    [
      [4, 6],
      [0, 4],
    ],
  ]);
  expect([3, 4, 6, 7, 0].map((from) => spans(consistencyRanges(from, 7)))).toEqual([
    [
      [2, 3],
      [3, 4],
      [0, 2],
      [4, 7],
    ],
    [[4, 7]],
    [
      [4, 6],
      [6, 7],
      [0, 4],
    ],
    [],
    [],
  ]);
});

test.each([8, 9])("the last leaf's proof does not hold at index %i, beyond the tree", (index) => {
  expect(verifyInclusion({ ...inclusion(7, 8), index })).toBe(false);
});

test("a root is no leaf of its tree, and no inner node is", () => {
  const whole = head(2);
  expect(verifyInclusion({ index: 0, leaf: whole.root, head: whole, proof: [] })).toBe(false);
  const { proof } = inclusion(0, 4);
  const node = rootOf({ start: 0, end: 2 });
  const claim = { index: 0, leaf: node, head: head(4), proof: proof.slice(1) };
  expect(verifyInclusion(claim)).toBe(false);
});

test("one root at two sizes is not consistent", () => {
  const { root } = head(2);
  const to = { size: 3, root };
  expect(verifyConsistency({ from: { size: 2, root }, to, proof: [] })).toBe(false);
});

test("digests that fold to both roots prove no smaller tree to begin with a larger one", () => {
  const [a, b, c, d] = [leaf(0), leaf(1), leaf(2), leaf(3)];
  const from = { size: 3, root: nodeHash(d, nodeHash(c, a)) };
  const to = { size: 2, root: nodeHash(d, nodeHash(c, nodeHash(a, b))) };
  expect(verifyConsistency({ from, to, proof: [a, b, c, d] })).toBe(false);
});

test("one digest of another length among others is refused, and nothing is thrown", () => {
  const claim = consistency(3, 7);
  const long = Buffer.alloc(33);
  for (const at of claim.proof.keys()) {
    expect(verifyConsistency({ ...claim, proof: claim.proof.toSpliced(at, 1, long) })).toBe(false);
  }
  const included = inclusion(3, 7);
  for (const at of included.proof.keys()) {
    const proof = included.proof.toSpliced(at, 1, long);
    expect(verifyInclusion({ ...included, proof })).toBe(false);
  }
});

function alterations(proof: readonly Uint8Array[], which: number, bit: number) {
  const longer = [
    [...proof, emptyRoot()],
    [emptyRoot(), ...proof],
  ];
  if (proof.length === 0) return longer;
  const at = which % proof.length;
  const bent = proof.map((digest, place) => (place === at ? flipped(digest, bit) : digest));
  return [...longer, bent, proof.slice(1), proof.slice(0, -1)];
}

function flipped(digest: Uint8Array, bit: number): Uint8Array {
  const bytes = Uint8Array.from(digest);
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return bytes;
}

interface InclusionVector {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

interface ConsistencyVector {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string | null;
  readonly root2: string | null;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

describe.skipIf(!VECTORS_PRESENT)(`transparency-dev/merkle's proofs${VECTORS_NOTE}`, () => {
  test("of 98 inclusion proofs the 6 that hold are ours too, and no other", () => {
    const found = disagreements("inclusion", (json) => {
      const vector = json as InclusionVector;
      return verifyInclusion({
        index: vector.leafIdx,
        leaf: bytesOf(vector.leafHash),
        head: { size: vector.treeSize, root: bytesOf(vector.root) },
        proof: (vector.proof ?? []).map(bytesOf),
      });
    });
    expect(found).toEqual({ read: 98, hold: 6, wrong: [] });
  });

  test("of 98 consistency proofs the 6 that hold are ours too, but for the one whose roots are no digests", () => {
    const found = disagreements("consistency", (json) => {
      const vector = json as ConsistencyVector;
      return verifyConsistency({
        from: { size: vector.size1, root: bytesOf(vector.root1) },
        to: { size: vector.size2, root: bytesOf(vector.root2) },
        proof: (vector.proof ?? []).map(bytesOf),
      });
    });
    const stricter = "additional/sizes-are-equal-one-and-proof-is-empty.json";
    expect(found).toEqual({
      ...{ read: 98, hold: 6 },
      wrong: [`merkle/testdata/consistency/${stricter}`],
    });
  });
});

function disagreements(kind: string, holds: (vector: unknown) => boolean) {
  const files = vectorFiles(`merkle/testdata/${kind}`, ".json");
  const vectors = files.map((file) => ({
    file,
    vector: vectorJson(file) as { readonly wantErr: boolean },
  }));
  return {
    read: vectors.length,
    hold: vectors.filter(({ vector }) => !vector.wantErr).length,
    wrong: vectors.filter(({ vector }) => holds(vector) === vector.wantErr).map(({ file }) => file),
  };
}

function bytesOf(base64: string | null): Uint8Array {
  return Buffer.from(base64 ?? "", "base64");
}
