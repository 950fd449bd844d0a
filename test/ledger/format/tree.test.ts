import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatFrontier, parseFrontier } from "../../../ledger/format/frontier-file.ts";
import { leafEntry, recordLeaf } from "../../../ledger/format/leaf.ts";
import { emptyRoot, Frontier, leafHash, nodeHash } from "../../../ledger/format/tree.ts";
import { VECTORS_NOTE, VECTORS_PRESENT, vectorBytes } from "../vectors.ts";

/** RFC 6962 §2.1, word for word: the definition that appending has to agree with. */
function merkleRoot(entries: readonly Uint8Array[]): Uint8Array {
  const [only] = entries;
  if (only === undefined) return emptyRoot();
  if (entries.length === 1) return leafHash(only);
  let split = 1;
  while (split * 2 < entries.length) split *= 2;
  return nodeHash(merkleRoot(entries.slice(0, split)), merkleRoot(entries.slice(split)));
}

function grown(entries: readonly Uint8Array[]): Frontier {
  const frontier = new Frontier();
  for (const entry of entries) frontier.append(leafHash(entry));
  return frontier;
}

const entriesUpTo = (size: number): Uint8Array[] =>
  Array.from({ length: size }, (_, index) => Buffer.from(String(index)));

test("the empty tree, one leaf and two have the roots of RFC 6962", () => {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  expect(hex(new Frontier().root())).toBe(
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  );
  expect(hex(leafHash(new Uint8Array(0)))).toBe(
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  );
});

test("a frontier that grew one by one has the defined root at every size to 70", () => {
  for (let size = 0; size <= 70; size += 1) {
    const entries = entriesUpTo(size);
    expect(Buffer.from(grown(entries).root())).toEqual(Buffer.from(merkleRoot(entries)));
  }
});

test("a frontier's file gives it back, and growing on gives the same root", () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(20), (size, more) => {
      const before = grown(entriesUpTo(size));
      const read = parseFrontier(formatFrontier(before), size);
      for (const entry of entriesUpTo(more)) {
        before.append(leafHash(entry));
        read.append(leafHash(entry));
      }
      expect(Buffer.from(read.root())).toEqual(Buffer.from(before.root()));
      expect(read.size).toBe(size + more);
    }),
    { numRuns: 50 },
  );
});

test("a copy grows alone", () => {
  const frontier = grown(entriesUpTo(3));
  const root = frontier.root();
  frontier.copy().append(leafHash(Buffer.from("x")));
  expect(frontier.root()).toEqual(root);
});

test("sizes beyond 32 bits keep their peaks", () => {
  const peaks = [leafHash(Buffer.from("a")), leafHash(Buffer.from("b"))];
  const frontier = new Frontier(2 ** 40 + 1, peaks);
  frontier.append(leafHash(Buffer.from("c")));
  expect(frontier.peaks).toHaveLength(2);
});

const whole = Buffer.from(formatFrontier(grown(entriesUpTo(3)))).toString();

test.each([
  { when: "a peak too few", text: whole.slice(45), size: 3 },
  { when: "a peak too many", text: whole, size: 4 },
  { when: "a last line that does not end", text: whole.trimEnd(), size: 3 },
  { when: "half a peak more", text: `${whole}AAAA`, size: 3 },
  { when: "an empty line", text: `${whole.slice(0, 45)}\n`, size: 3 },
  { when: "a digest of another length", text: `AAAA\n${whole.slice(45)}`, size: 3 },
  { when: "carriage returns", text: whole.replaceAll("\n", "\r\n"), size: 3 },
  { when: "a file of any size", text: whole.repeat(100), size: 3 },
  { when: "a size that is no size", text: "", size: -1 },
])("refuses $when as a frontier", ({ text, size }) => {
  expect(() => parseFrontier(Buffer.from(text), size)).toThrow(
    expect.objectContaining({ code: "TREE_MISMATCH" }),
  );
});

test("a frontier says where it is refused, line by line", () => {
  const text = `${whole.slice(0, 45)}AAAA\n`;
  expect(() => parseFrontier(Buffer.from(text), 3)).toThrow(/^frontier:2:/);
});

test("an empty tree's frontier is an empty file", () => {
  expect(formatFrontier(new Frontier())).toHaveLength(0);
  expect(parseFrontier(new Uint8Array(0), 0).size).toBe(0);
});

test.each([{ size: 1.5 }, { size: 2 ** 53 }, { size: Number.NaN }, { size: Infinity }])(
  "a tree of $size leaves is none",
  ({ size }) => {
    for (const peaks of [0, 1, 2, 53]) {
      const digests = Array.from({ length: peaks }, () => emptyRoot());
      expect(() => new Frontier(size, digests)).toThrow(
        expect.objectContaining({ code: "TREE_MISMATCH" }),
      );
    }
  },
);

test("a leaf's entry is fixed ASCII over its kind and line", () => {
  expect(Buffer.from(leafEntry("verdict", Buffer.from("line"))).toString()).toBe(
    "ledger-leaf/v1 verdict 38a9c1e721584da284b90ceea4ed7eb8db15ac4ea86c2c75ec925d5f8799fcf0\n",
  );
});

test("a leaf depends on its kind", () => {
  const line = Buffer.from("line");
  expect(recordLeaf("verdict", line)).not.toEqual(recordLeaf("waiver", line));
});

test.each(["", "Verdict", "a b", "a\nb", "a".repeat(40)])("refuses %j as a leaf's kind", (kind) => {
  expect(() => leafEntry(kind, Buffer.from("line"))).toThrow(
    expect.objectContaining({ code: "KIND_MISMATCH" }),
  );
});

describe.skipIf(!VECTORS_PRESENT)(`Tessera's log${VECTORS_NOTE}`, () => {
  test.each([1, 10, 13])("the first %i of its leaves give the root that it signed", (size) => {
    const tile = vectorBytes(`tessera/testdata/log/tile/0/000.p/${size}`);
    const frontier = new Frontier();
    for (let at = 0; at < size; at += 1) frontier.append(tile.subarray(at * 32, at * 32 + 32));
    const text = Buffer.from(vectorBytes(`tessera/testdata/log/checkpoint.${size}`)).toString();
    expect(Buffer.from(frontier.root()).toString("base64")).toBe(text.split("\n")[2]);
  });
});

test.each(["v", "a-b", "a".repeat(32)])("%s may be a leaf's kind", (kind) => {
  const [format, named] = Buffer.from(leafEntry(kind, Buffer.of())).toString().split(" ");
  expect([format, named]).toEqual(["ledger-leaf/v1", kind]);
});
