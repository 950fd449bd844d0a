import { expect, test } from "vitest";
import { readBatchAt, readBatches, readBatchesBackwards } from "../../../ledger/append/batches.ts";
import { batchPath, formatBatch } from "../../../ledger/format/batch.ts";
import { gathered } from "../fake-clone.ts";

/** A branch's files, with the folders that were listed. `lost` are listed, and cannot be read. */
function tipOf(files: readonly string[], lost: readonly string[] = []) {
  const listed: string[] = [];
  const lines = (path: string) => Number(/-(\d+)\.jsonl$/.exec(path)?.[1] ?? 1);
  return {
    listed,
    commit: "0".repeat(40),
    read: (path: string) => {
      const isThere = files.includes(path) && !lost.includes(path);
      const bytes = formatBatch(Array.from({ length: lines(path) }, () => Buffer.from("{}")));
      return Promise.resolve(isThere ? bytes : null);
    },
    list: (folder: string) => {
      listed.push(folder);
      const inFolder = files.filter((path) => path.startsWith(`${folder}/`));
      return Promise.resolve(inFolder.map((path) => path.slice(folder.length + 1)));
    },
  };
}

const FILES = [
  ...[batchPath(0, 1), batchPath(1, 998), batchPath(999, 2), batchPath(1_001, 3)],
  ...[batchPath(1_004, 1), "records/notes.txt"],
];

async function firstsOf(tip: ReturnType<typeof tipOf>, from: number, size: number) {
  return (await gathered(readBatches(tip, from, size))).map(({ first, lines }) => [
    first,
    lines.length,
  ]);
}

test("batches are read one after the other, past a folder's end, each folder listed once", async () => {
  const tip = tipOf(FILES);
  expect(await firstsOf(tip, 0, 1_005)).toEqual([
    ...[
      [0, 1],
      [1, 998],
      [999, 2],
    ],
    ...[
      [1_001, 3],
      [1_004, 1],
    ],
  ]);
  expect(tip.listed).toEqual(["records", "records/x001"]);
});

test.each([
  { size: 1_005, firsts: [1_004, 1_001, 999, 1, 0] },
  { size: 999, firsts: [1, 0] },
  { size: 1, firsts: [0] },
  { size: 0, firsts: [] },
])(
  "backwards the batches before index $size are read down to the first",
  async ({ size, firsts }) => {
    const batches = await gathered(readBatchesBackwards(tipOf(FILES), size));
    expect(batches.map(({ first }) => first)).toEqual(firsts);
  },
);

test.each([
  { what: "one is missing", files: FILES.toSpliced(1, 1), size: 1_005 },
  { what: "the first is missing", files: FILES.slice(1), size: 1_005 },
  { what: "two overlap", files: [...FILES, batchPath(998, 2)], size: 1_005 },
  { what: "the last one reaches beyond the size", files: FILES, size: 1_003 },
  { what: "there are less than the size", files: FILES, size: 1_006 },
])("backwards a tree where $what is none", async ({ files, size }) => {
  const read = gathered(readBatchesBackwards(tipOf(files), size));
  await expect(read).rejects.toMatchObject({ code: "TREE_MISMATCH" });
});

test.each([
  { when: "from an index on", from: 999, size: 1_004, firsts: [999, 1_001] },
  { when: "none where all is known", from: 1_005, size: 1_005, firsts: [] },
  { when: "none where more is known", from: 1_005, size: 1_001, firsts: [] },
])("batches are read $when", async ({ from, size, firsts }) => {
  expect((await firstsOf(tipOf(FILES), from, size)).map(([first]) => first)).toEqual(firsts);
});

test.each([
  { when: "a batch reaches beyond the size", files: FILES, size: 1_003 },
  { when: "no batch begins there", files: FILES.slice(1), size: 1_005 },
  { when: "two batches begin there", files: [...FILES, batchPath(0, 2)], size: 1_005 },
  { when: "a batch is listed and cannot be read", files: FILES, lost: [batchPath(0, 1)], size: 1 },
])("batches do not follow each other where $when", async ({ files, lost = [], size }) => {
  await expect(firstsOf(tipOf(files, lost), 0, size)).rejects.toMatchObject({
    code: "TREE_MISMATCH",
  });
});

test("one batch is read by its first index, and by no other", async () => {
  expect((await readBatchAt(tipOf(FILES), 1_001)).lines).toHaveLength(3);
  await expect(readBatchAt(tipOf(FILES), 1_002)).rejects.toMatchObject({ code: "TREE_MISMATCH" });
});
