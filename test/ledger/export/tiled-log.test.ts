import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkTiledLog, readEntries } from "../../../ledger/export/tiled-log.ts";
import { toBase64 } from "../../../ledger/format/base64.ts";
import { openCheckpoint } from "../../../ledger/format/checkpoint.ts";
import { parsePublicKey } from "../../../ledger/format/keys.ts";
import { emptyRoot } from "../../../ledger/format/tree.ts";
import { gathered } from "../fake-clone.ts";
import { vectorBytes, VECTORS_NOTE, VECTORS_PRESENT } from "../vectors.ts";
import { entryAt, tiledLog } from "./entries.ts";
import { MemoryFolder } from "./memory-folder.ts";

test.each([0, 1, 255, 256, 257, 1_000])("a log of %i entries holds", async (size) => {
  const { head, files } = tiledLog(size);
  await expect(checkTiledLog(new MemoryFolder(files), head)).resolves.toBeUndefined();
});

test("another root, or a size more or less, does not hold", async () => {
  const { head, files } = tiledLog(300);
  const folder = new MemoryFolder(files);
  const root = toBase64(emptyRoot());
  await expect(checkTiledLog(folder, { ...head, root })).rejects.toMatchObject({
    code: "TREE_MISMATCH",
  });
  for (const size of [299, 301]) {
    const check = checkTiledLog(folder, { ...head, size });
    await expect(check).rejects.toMatchObject({ code: "FILE_MISSING" });
  }
});

const sample = tiledLog(600);
const paths = [...sample.files.keys()];

test("a log with any one file gone does not hold", async () => {
  for (const path of paths) {
    const files = new Map(sample.files);
    files.delete(path);
    const check = checkTiledLog(new MemoryFolder(files), sample.head);
    await expect(check).rejects.toMatchObject({ code: "FILE_MISSING" });
  }
});

test("a log with any one bit of any file flipped, or a byte more or fewer, does not hold", async () => {
  const codes = /^(?:TREE_MISMATCH|NOT_CANONICAL)$/;
  const alteration = fc.record({
    path: fc.constantFrom(...paths),
    at: fc.nat(),
    how: fc.constantFrom("flip", "cut", "add"),
  });
  await fc.assert(
    fc.asyncProperty(alteration, async ({ path, at, how }) => {
      const old = Buffer.from(sample.files.get(path) ?? "");
      const bent = altered(old, at, how);
      const folder = new MemoryFolder(new Map([...sample.files, [path, bent]]));
      const check = checkTiledLog(folder, sample.head);
      await expect(check).rejects.toMatchObject({ code: expect.stringMatching(codes) as string });
    }),
    { numRuns: 100 },
  );
});

function altered(bytes: Buffer, at: number, how: string): Uint8Array {
  if (how === "cut") return bytes.subarray(0, -1);
  if (how === "add") return Buffer.concat([bytes, Buffer.of(0)]);
  const bent = Buffer.from(bytes);
  const bit = at % (bytes.length * 8);
  bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return bent;
}

test("a bundle and a tile that were forged to fit each other do not hold: the root tells", async () => {
  const forged = tiledLog(600, (index) => (index === 599 ? Buffer.from("forged") : entryAt(index)));
  const check = checkTiledLog(new MemoryFolder(forged.files), sample.head);
  await expect(check).rejects.toMatchObject({ code: "TREE_MISMATCH" });
});

describe.skipIf(!VECTORS_PRESENT)(`Tessera's log${VECTORS_NOTE}`, () => {
  const name = "example.com/log/testdata";
  const verifier = "AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
  const key = parsePublicKey(toBase64(Buffer.from(verifier, "base64").subarray(1)));
  const source = {
    read: (path: string) => Promise.resolve(vectorBytes(`tessera/testdata/log/${path}`)),
  };

  test.each(Array.from({ length: 16 }, (_, size) => size))(
    "checkpoint %i opens, and its tiles and bundles give its root",
    async (size) => {
      const bytes = await source.read(`checkpoint.${size}`);
      const head = await openCheckpoint(bytes, [key], name);
      expect(head.size).toBe(size);
      await checkTiledLog(source, head);
    },
  );

  test("its entries are read as they were written", async () => {
    const entries = await gathered(readEntries(source, 3));
    expect(entries.map((entry) => Buffer.from(entry).toString())).toEqual(["one", "two", "three"]);
  });
});
