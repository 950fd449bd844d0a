import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import type { LedgerClone } from "../../../ledger/branch.ts";
import { exportFiles } from "../../../ledger/export/export-files.ts";
import { batchPath, formatBatch } from "../../../ledger/format/batch.ts";
import { fakeClone } from "../fake-clone.ts";
import { common, recordLine } from "../ledger-builder.ts";

const BATCH = 1_000;
const BATCHES = 1_000;
const CEILING_BYTES = 64 * 1_024 * 1_024;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** A million records, all of them one line. */
function longClone(): LedgerClone {
  const bytes = formatBatch(Array.from({ length: BATCH }, () => LINE));
  const files = Array.from({ length: BATCHES }, (_, at) => ({
    ...{ path: batchPath(at * BATCH, BATCH), mode: "100644", oid: "" },
    sizeBytes: bytes.length,
  }));
  return {
    ...fakeClone([]),
    files: () => Promise.resolve(files),
    readAll: async function* (paths) {
      await Promise.resolve();
      yield* paths.map(() => bytes);
    },
  };
}

const LINE = recordLine("omission", common());

function heldBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

test("an export of a million records holds no more memory than one of a thousand", async () => {
  const clone = longClone();
  let [before, after, tiles] = [0, 0, 0];
  for await (const { path } of exportFiles(clone, BATCH * BATCHES)) {
    if (path.startsWith("tile/0/")) tiles += 1;
    if (path === batchPath(BATCH, BATCH)) before = heldBytes();
    if (path === batchPath(BATCH * (BATCHES - 1), BATCH)) after = heldBytes();
  }
  // 3,906 full ones, and the one of 64 hashes at the end.
  expect(tiles).toBe(3_907);
  expect(after - before).toBeLessThan(CEILING_BYTES);
});
