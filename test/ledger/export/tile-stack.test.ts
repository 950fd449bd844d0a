import { expect, test } from "vitest";
import { TileStack } from "../../../ledger/export/tile-stack.ts";
import { toBase64 } from "../../../ledger/format/base64.ts";
import { parseBundle } from "../../../ledger/format/tile.ts";
import { Frontier, leafHash } from "../../../ledger/format/tree.ts";
import { entryAt, tiledLog } from "./entries.ts";

function paths(size: number): readonly string[] {
  return [...tiledLog(size).files.keys()].sort();
}

test.each([
  { size: 0, expected: [] },
  { size: 1, expected: ["tile/0/000.p/1", "tile/entries/000.p/1"] },
  { size: 255, expected: ["tile/0/000.p/255", "tile/entries/000.p/255"] },
  { size: 256, expected: ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"] },
  {
    size: 257,
    expected: [
      ...["tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1"],
      ...["tile/entries/000", "tile/entries/001.p/1"],
    ],
  },
])("a tree of $size has the tiles that the specification asks for", ({ size, expected }) => {
  expect(paths(size)).toEqual(expected);
});

test("the specification's own example, a tree of 70,000, has its tiles and its root", () => {
  const { head, files } = tiledLog(70_000);
  const [level0, level1, level2, bundles] = ["0", "1", "2", "entries"].map((level) =>
    [...files.keys()].filter((path) => path.startsWith(`tile/${level}/`)).sort(),
  );
  expect([level0?.length, level0?.at(-1)]).toEqual([274, "tile/0/273.p/112"]);
  expect(level1).toEqual(["tile/1/000", "tile/1/001.p/17"]);
  expect(level2).toEqual(["tile/2/000.p/1"]);
  expect([bundles?.length, bundles?.at(-1)]).toEqual([274, "tile/entries/273.p/112"]);

  const frontier = new Frontier();
  for (let index = 0; index < 70_000; index += 1) frontier.append(leafHash(entryAt(index)));
  expect(head.root).toBe(toBase64(frontier.root()));
});

test("tiles hold leaf hashes, and above them the roots of the full tiles below", () => {
  const { files } = tiledLog(600);
  const leaves = Buffer.concat(
    ["000", "001"].map((name) => files.get(`tile/0/${name}`) ?? Buffer.of()),
  );
  const frontiers = [new Frontier(), new Frontier()];
  for (let index = 0; index < 512; index += 1) {
    const leaf = leafHash(entryAt(index));
    expect(leaves.subarray(index * 32, index * 32 + 32)).toEqual(Buffer.from(leaf));
    frontiers[index >> 8]?.append(leaf);
  }
  const roots = Buffer.concat(frontiers.map((frontier) => frontier.root()));
  expect(Buffer.from(files.get("tile/1/000.p/2") ?? "")).toEqual(roots);
});

test("a bundle holds the entries whose hashes its tile has", () => {
  const { files } = tiledLog(300);
  const bundle = parseBundle(files.get("tile/entries/001.p/44") ?? Buffer.of(), 44);
  expect(bundle.map((entry) => Buffer.from(entry).toString())).toEqual(
    Array.from({ length: 44 }, (_, at) => Buffer.from(entryAt(256 + at)).toString()),
  );
});

test("at every size to 600 the root is the one that appending leaf by leaf gives", () => {
  const stack = new TileStack();
  const frontier = new Frontier();
  for (let index = 0; index < 600; index += 1) {
    stack.append(entryAt(index));
    frontier.append(leafHash(entryAt(index)));
    expect(stack.frontier().root()).toEqual(frontier.root());
  }
});

test("a tile that a larger tree makes full is not among the partial ones that last", () => {
  const stack = new TileStack();
  for (let index = 0; index < 300; index += 1) stack.append(entryAt(index));
  expect(stack.partials(600).map(({ path }) => path)).toEqual(["tile/1/000.p/1"]);
  expect(stack.partials(511).map(({ path }) => path)).toEqual([
    ...["tile/entries/001.p/44", "tile/0/001.p/44", "tile/1/000.p/1"],
  ]);
});

test("of the partial ones that a larger tree makes full, those are given that are asked for", () => {
  const stack = new TileStack();
  for (let index = 0; index < 300; index += 1) stack.append(entryAt(index));
  const asked = new Set(["tile/0/001.p/44", "tile/0/001.p/45"]);
  expect(stack.partials(600, asked).map(({ path }) => path)).toEqual([
    ...["tile/0/001.p/44", "tile/1/000.p/1"],
  ]);
});
