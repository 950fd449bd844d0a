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

test("an index's files are as they are told", async () => {
  const stored = new Map<string, Uint8Array>();
  const latest = new LatestIndex(memoryFiles(stored));
  await latest.add(places([ann, 12_350], [bob, 1], [amy, 7]), frontier);
  const text = (name: string) => Buffer.from(stored.get(name) ?? []).toString();
  expect(text("latest/aa")).toBe(
    `\n0000000000012350 0000000000012349 ${ann}\n0000000000000007 0000000000000006 ${amy}\n`,
  );
  expect(text("latest/bb")).toBe(`\n0000000000000001 0000000000000000 ${bob}\n`);
  expect(text("latest/caught-up.json")).toBe(
    '{"size":1,"peaks":["bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0="],"kinds":1}',
  );
  expect(stored.size).toBe(3);
  await latest.reset();
  expect([...stored.keys()]).toEqual([]);
});

test.each([
  { when: "something before it", entry: `x0000000000000009 0000000000000009 ${ann}` },
  { when: "something after it", entry: `0000000000000009 0000000000000009 ${ann}0` },
  { when: "fewer digits", entry: `9 9 ${ann}` },
  { when: "another key", entry: `0000000000000009 0000000000000009 ${amy}` },
])("an entry with $when is passed over", async ({ entry }) => {
  const stored = new Map<string, Uint8Array>();
  const latest = new LatestIndex(memoryFiles(stored));
  await latest.add(places([ann, 5]), frontier);
  await memoryFiles(stored).append("latest/aa", Buffer.from(`\n${entry}\n`));
  expect(await latest.find(ann)).toEqual({ index: 5, first: 4 });
});

const peak = "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=";

test.each([
  { when: "whole", text: `{"size":1,"peaks":["${peak}"],"kinds":1}`, size: 1 },
  { when: "of no record", text: '{"size":0,"peaks":[],"kinds":1}', size: 0 },
  { when: "cut short", text: `{"size":1,"peaks":["${peak}"],"kinds":1`, size: 0 },
  { when: "without a size", text: `{"peaks":["${peak}"],"kinds":1}`, size: 0 },
  { when: "without peaks", text: '{"size":1,"kinds":1}', size: 0 },
  { when: "of a size below zero", text: '{"size":-1,"peaks":[],"kinds":1}', size: 0 },
  {
    when: "with a peak too many",
    text: `{"size":1,"peaks":["${peak}","${peak}"],"kinds":1}`,
    size: 0,
  },
  { when: "with a peak that is no digest", text: '{"size":1,"peaks":["AAAA"],"kinds":1}', size: 0 },
  {
    when: "with a peak in another spelling",
    text: `{"size":1,"peaks":["${peak} "],"kinds":1}`,
    size: 0,
  },
  { when: "of a version that noted no kinds", text: `{"size":1,"peaks":["${peak}"]}`, size: 0 },
  { when: "with more", text: `{"size":1,"peaks":["${peak}"],"kinds":1,"at":0}`, size: 0 },
])("a state that is $when tells of $size records", async ({ text, size }) => {
  const files = memoryFiles();
  await files.write("latest/caught-up.json", Buffer.from(text));
  expect((await new LatestIndex(files).caughtUp()).size).toBe(size);
});

test("forgetting removes each bucket, and nothing that is none", async () => {
  const removed: string[] = [];
  const files = memoryFiles();
  const remove = (name: string): Promise<void> => {
    removed.push(name);
    return Promise.resolve();
  };
  await new LatestIndex({ ...files, remove }).reset();
  const buckets = Array.from({ length: 256 }, (_, at) => `latest/${Buffer.of(at).toString("hex")}`);
  expect(removed).toEqual(["latest/caught-up.json", ...buckets]);
});
