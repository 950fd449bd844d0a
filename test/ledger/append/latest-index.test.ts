import { expect, test } from "vitest";
import { LatestIndex } from "../../../ledger/append/latest-index.ts";
import { formatFrontier } from "../../../ledger/format/frontier-file.ts";
import { Frontier, leafHash } from "../../../ledger/format/tree.ts";
import { memoryFiles } from "../memory-files.ts";

const ann = `aa${"1".repeat(62)}`;
const amy = `aa${"2".repeat(62)}`;
const bob = `bb${"1".repeat(62)}`;
const frontier = new Frontier(1, [leafHash(new Uint8Array(0))]);

function places(...entries: readonly (readonly [string, number])[]) {
  return new Map(entries.map(([key, index]) => [key, { index, first: index - 1 }]));
}

test("the latest place of each key is found", async () => {
  const latest = new LatestIndex(memoryFiles());
  await latest.add(places([ann, 5], [amy, 6]), frontier);
  await latest.add(places([ann, 12_350]), frontier);
  expect(await latest.find(ann)).toEqual({ index: 12_350, first: 12_349 });
  expect(await latest.find(amy)).toEqual({ index: 6, first: 5 });
  expect(await latest.find(bob)).toBeNull();
});

test("what was noted twice, or late, changes nothing", async () => {
  const latest = new LatestIndex(memoryFiles());
  for (const index of [7, 9, 7, 8]) await latest.add(places([ann, index]), frontier);
  expect((await latest.find(ann))?.index).toBe(9);
});

test("an entry that a crash cut off is passed over, and the next one is whole", async () => {
  const stored = new Map<string, Uint8Array>();
  const files = memoryFiles(stored);
  await new LatestIndex(files).add(places([ann, 5], [amy, 123]), frontier);
  const bucket = Buffer.from(stored.get("latest/aa") ?? []);
  for (let end = 0; end < bucket.length; end += 1) {
    stored.set("latest/aa", bucket.subarray(0, end));
    const latest = new LatestIndex(files);
    await latest.add(places([amy, 6]), frontier);
    const found = await latest.find(amy);
    expect([6, 123]).toContain(found?.index);
  }
});

test("how far it came is read back, and forgotten when asked", async () => {
  const latest = new LatestIndex(memoryFiles());
  expect((await latest.caughtUp()).size).toBe(0);
  await latest.add(new Map(), frontier);
  expect(formatFrontier(await latest.caughtUp())).toEqual(formatFrontier(frontier));
  await latest.add(places([ann, 5], [bob, 6]), frontier);
  await latest.reset();
  expect([await latest.find(ann), await latest.find(bob)]).toEqual([null, null]);
  expect((await latest.caughtUp()).size).toBe(0);
});
