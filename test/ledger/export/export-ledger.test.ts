import { hash } from "node:crypto";
import { expect, test } from "vitest";
import type { LedgerClone } from "../../../ledger/branch.ts";
import { exportLedger } from "../../../ledger/export/export-ledger.ts";
import { checkTiledLog, readEntries } from "../../../ledger/export/tiled-log.ts";
import { batchPath, parseBatchPath } from "../../../ledger/format/batch.ts";
import { parseCheckpoint, signCheckpoint } from "../../../ledger/format/checkpoint.ts";
import { fakeClone, gathered } from "../fake-clone.ts";
import { LEDGER_KEY, LedgerBuilder, sampleLedger, verdictLine } from "../ledger-builder.ts";
import { entryAt, tiledLog } from "./entries.ts";
import { Crash, MemoryFolder } from "./memory-folder.ts";

/** One ledger as it was after each of its appends: record 0 alone, then 250 more, 6 more, 300 more. */
const GROWING = growingLedger([250, 6, 300]);
const CLONES = GROWING.commits.map((_, at) => fakeClone(GROWING.commits.slice(0, at + 1)));
const SIZES = [1, 251, 257, 557];
const LAST = cloneAt(-1);

function growingLedger(counts: readonly number[]): LedgerBuilder {
  const ledger = new LedgerBuilder();
  for (const count of counts) {
    const ids = Array.from({ length: count }, (_, at) => ({ id: `${count}-${at}` }));
    ledger.verdicts(...ids);
  }
  return ledger;
}

function cloneAt(place: number): LedgerClone {
  const clone = CLONES.at(place);
  if (clone === undefined) throw new Error("no such clone");
  return clone;
}

async function exported(clone: LedgerClone, onto?: MemoryFolder): Promise<MemoryFolder> {
  const folder = new MemoryFolder(onto?.files);
  await exportLedger(clone, folder);
  return folder;
}

async function refused(clone: LedgerClone, files: ReadonlyMap<string, Uint8Array>) {
  const folder = new MemoryFolder(files);
  const error: unknown = await exportLedger(clone, folder).catch((thrown: unknown) => thrown);
  expect(folder.written).toEqual([]);
  return error;
}

function headOf(folder: MemoryFolder) {
  return parseCheckpoint(folder.files.get("checkpoint") ?? Buffer.of()).checkpoint;
}

test("an export holds the signed note as it stands, and tiles and bundles that give its root", async () => {
  for (const [place, size] of SIZES.entries()) {
    const folder = await exported(cloneAt(place));
    expect(folder.files.get("checkpoint")).toEqual(
      Uint8Array.from((await cloneAt(place).read("checkpoint")) ?? []),
    );
    expect(headOf(folder).size).toBe(size);
    await checkTiledLog(folder, headOf(folder));
  }
});

test("keysets, policy documents and batches are copied as they lie on the branch, and nothing else is", async () => {
  const { files } = await exported(LAST);
  const copied = [...files.keys()].filter((path) => !/^(?:tile\/|checkpoint$)/.test(path)).sort();
  const listed = (await LAST.files()).map(({ path }) => path);
  expect(copied).toEqual(listed.filter((path) => /^(?:trust|policies|records)\//.test(path)));
  for (const path of copied) {
    expect(Buffer.from(files.get(path) ?? "")).toEqual(Buffer.from((await LAST.read(path)) ?? ""));
  }
});

test("each entry has the sha256 of the line that is copied for its index", async () => {
  const folder = await exported(LAST);
  const entries = await gathered(readEntries(folder, 557));
  const lines = [...folder.files]
    .flatMap(([path, bytes]) => {
      const place = parseBatchPath(path);
      return place === null ? [] : [{ ...place, lines: Buffer.from(bytes).toString().split("\n") }];
    })
    .flatMap((batch) =>
      batch.lines.slice(0, -1).map((line, at) => ({ index: batch.first + at, line })),
    );
  expect(lines).toHaveLength(557);
  for (const { index, line } of lines) {
    const entry = Buffer.from(entries[index] ?? "").toString();
    expect(entry).toBe(
      `ledger-leaf/v1 ${index === 0 ? "trust" : "verdict"} ${hash("sha256", line)}\n`,
    );
  }
});

test("partial tiles are there for every size that was signed and that no full tile covers", async () => {
  const { files } = await exported(LAST);
  const partial = [...files.keys()].filter((path) => path.includes(".p/")).sort();
  expect(partial).toEqual([
    ...["tile/0/002.p/45", "tile/1/000.p/1", "tile/1/000.p/2", "tile/entries/002.p/45"],
  ]);
});

test("an export that is continued adds what is new, changes the checkpoint last, and nothing twice", async () => {
  let folder = await exported(cloneAt(0));
  for (const place of [1, 2, 3]) {
    const before = new Map(folder.files);
    folder = await exported(cloneAt(place), folder);
    expect(folder.written.at(-1)).toBe("checkpoint");
    expect(folder.written.slice(0, -1).filter((path) => before.has(path))).toEqual([]);
    await checkTiledLog(folder, headOf(folder));
  }
  const whole = await exported(LAST);
  expect([...whole.files].filter(([path, bytes]) => !same(folder.files.get(path), bytes))).toEqual(
    [],
  );
});

test("an export tells how many records it holds, and how many it had before", async () => {
  const folder = new MemoryFolder();
  expect(await exportLedger(cloneAt(1), folder)).toEqual({ size: 251, before: 0 });
  expect(await exportLedger(cloneAt(3), folder)).toEqual({ size: 557, before: 251 });
  expect(await exportLedger(cloneAt(3), folder)).toEqual({ size: 557, before: 557 });
});

test("wherever an export stops, its checkpoint has all of its tiles, and the next one completes it", async () => {
  const { commits } = growingLedger([255, 2, 1]);
  const last = fakeClone(commits);
  const first = await exported(fakeClone(commits.slice(0, 2)));
  const whole = await exported(last);
  const writes = (await exported(last, first)).written.length;
  for (let stop = 0; stop < writes; stop += 1) {
    for (const start of [new MemoryFolder(), first]) {
      const stopped = new MemoryFolder(start.files, stop);
      await expect(exportLedger(last, stopped)).rejects.toThrow(Crash);
      if (start === first) await checkTiledLog(stopped, headOf(stopped));
      else expect(stopped.files.has("checkpoint")).toBe(false);
      const continued = await exported(last, stopped);
      const wrong = [...whole.files].filter(
        ([path, bytes]) => !same(continued.files.get(path), bytes),
      );
      expect(wrong).toEqual([]);
    }
  }
});

test.each(["notes.txt", "README.md", ".git/config", "tiles/0/000"])(
  "a folder with %s in it is refused, and left alone",
  async (path) => {
    const error = await refused(LAST, new Map([[path, Buffer.from("mine")]]));
    expect(error).toMatchObject({
      code: "EXPORT_OCCUPIED",
      message: expect.stringContaining(`${path.split("/")[0]} is no file of an export`) as string,
    });
  },
);

test("somebody's own folder is not walked through", async () => {
  class OwnFolder extends MemoryFolder {
    override paths(): never {
      throw new Error("walked through");
    }
  }
  const folder = new OwnFolder(new Map([["photos/1.jpg", Buffer.of()]]));
  await expect(exportLedger(LAST, folder)).rejects.toMatchObject({ code: "EXPORT_OCCUPIED" });
});

test("what lies on the branch beside the ledger's folders is not copied", async () => {
  const branch = sampleLedger().commit({ "notes/trust/1.root.json": "{}", "a/policies/b": "c" });
  const { files } = await exported(fakeClone(branch.commits));
  expect([...files.keys()].filter((path) => /^(?:notes|a)\//.test(path))).toEqual([]);
});

test("a branch without a checkpoint has nothing to export", async () => {
  const { commits } = sampleLedger().commit({ checkpoint: null });
  expect(await refused(fakeClone(commits), new Map())).toMatchObject({
    code: "CHECKPOINT_INVALID",
    message: "checkpoint: it is not there",
  });
});

test("an export of another ledger is refused", async () => {
  const { head, files } = tiledLog(3);
  const checkpoint = signCheckpoint({ origin: "example.com/log", ...head }, LEDGER_KEY);
  const error = await refused(LAST, new Map([...files, ["checkpoint", checkpoint]]));
  expect(error).toMatchObject({ code: "EXPORT_OCCUPIED" });
});

test("a checkpoint that is none is refused", async () => {
  const error = await refused(LAST, new Map([["checkpoint", Buffer.from("hello\n")]]));
  expect(error).toMatchObject({
    code: "EXPORT_OCCUPIED",
    cause: { code: "CHECKPOINT_INVALID" },
  });
});

test("an export with more records than the ledger is refused: the ledger was cut back", async () => {
  const { files } = await exported(LAST);
  expect(await refused(cloneAt(1), files)).toMatchObject({
    code: "TRUNCATED",
    message: "the export has 557 records, the ledger only 251",
  });
});

test("an export of another history is refused, whether the ledger has as many records or more", async () => {
  const forked = new LedgerBuilder().verdicts({ id: "another" });
  const { files } = await exported(fakeClone(forked.commits));
  for (const clone of [fakeClone(sampleLedger().commits.slice(0, 2)), LAST]) {
    expect(await refused(clone, files)).toMatchObject({
      code: "FORKED",
      message: "the first 2 records of the export are not those of the ledger",
    });
  }
});

test("a checkpoint in the folder that names the origin and another root at size 0 is refused", async () => {
  const { origin, root } = headOf(await exported(LAST));
  const note = signCheckpoint({ origin, size: 0, root }, LEDGER_KEY);
  const error = await refused(LAST, new Map([["checkpoint", note]]));
  expect(error).toMatchObject({ code: "EXPORT_DAMAGED" });
});

test("a tile or bundle of the earlier head that is gone or was changed is refused, not mended", async () => {
  const { files } = await exported(cloneAt(2));
  const paths = ["entries/000", "entries/001.p/1", "0/000", "0/001.p/1", "1/000.p/1"];
  for (const path of paths.map((each) => `tile/${each}`)) {
    const gone = new Map(files);
    gone.delete(path);
    expect(await refused(LAST, gone)).toMatchObject({
      code: "EXPORT_DAMAGED",
      cause: { name: "LedgerError" },
    });
    const bent = new Map([...files, [path, Buffer.from("x")]]);
    expect(await refused(LAST, bent)).toMatchObject({ code: "EXPORT_DAMAGED" });
  }
});

test.each([
  { when: "a keyset that the ledger has not", path: "trust/2.root.json" },
  { when: "a batch that was never made", path: "records/003-1.jsonl" },
  { when: "a tile of a higher level", path: "tile/5/000" },
  { when: "a partial bundle of a size that was never signed", path: "tile/entries/000.p/9" },
  { when: "a policy that never judged", path: `policies/${"0".repeat(64)}` },
])("$when in an earlier export is refused, and nothing is written", async ({ path }) => {
  for (const clone of [cloneAt(1), LAST]) {
    const { files } = await exported(cloneAt(1));
    const error = await refused(clone, new Map([...files, [path, Buffer.from("planted")]]));
    expect(error).toMatchObject({ code: "EXPORT_OCCUPIED" });
  }
});

test("a partial tile or bundle that an earlier export left, and that was changed since, is refused", async () => {
  const { files } = await exported(cloneAt(2), await exported(cloneAt(1)));
  for (const path of ["tile/entries/000.p/251", "tile/0/000.p/251"]) {
    expect(files.has(path)).toBe(true);
    const bent = new Map([...files, [path, Buffer.from("x")]]);
    expect(await refused(LAST, bent)).toMatchObject({ code: "EXPORT_DAMAGED" });
  }
});

test("a batch or the first keyset of an earlier export that is gone is refused, not mended", async () => {
  const { files } = await exported(cloneAt(1));
  for (const path of ["trust/1.root.json", batchPath(0, 1), batchPath(1, 250)]) {
    const gone = new Map(files);
    expect(gone.delete(path)).toBe(true);
    expect(await refused(LAST, gone)).toMatchObject({ code: "EXPORT_DAMAGED" });
  }
});

test("a copied batch or keyset that was changed is refused, and the checkpoint stays", async () => {
  const before = await exported(cloneAt(1));
  for (const path of ["trust/1.root.json", batchPath(1, 250)]) {
    const folder = new MemoryFolder(new Map([...before.files, [path, verdictLine()]]));
    await expect(exportLedger(LAST, folder)).rejects.toMatchObject({ code: "EXPORT_DAMAGED" });
    expect(headOf(folder)).toEqual(headOf(before));
  }
});

test("a disk that cannot be read is no damaged export", async () => {
  const { files } = await exported(cloneAt(1));
  class BrokenFolder extends MemoryFolder {
    override read(path: string): Promise<Uint8Array | null> {
      return path.startsWith("tile/") ? Promise.reject(new Crash("EIO")) : super.read(path);
    }
  }
  await expect(exportLedger(LAST, new BrokenFolder(files))).rejects.toThrow(Crash);
});

test("a file that is taken away while the folder is looked through is missed", async () => {
  const { files } = await exported(cloneAt(1));
  class EmptiedFolder extends MemoryFolder {
    override read(path: string): Promise<Uint8Array | null> {
      return path.startsWith("trust/") ? Promise.resolve(null) : super.read(path);
    }
  }
  await expect(exportLedger(LAST, new EmptiedFolder(files))).rejects.toMatchObject({
    code: "EXPORT_DAMAGED",
  });
});

test("a tile ahead of the checkpoint that is another history's stops the export", async () => {
  const before = await exported(cloneAt(1));
  const [path, bytes] = ["tile/entries/000", tiledLog(256, entryAt).files.get("tile/entries/000")];
  const folder = new MemoryFolder(new Map([...before.files, [path, bytes ?? Buffer.of()]]));
  await expect(exportLedger(LAST, folder)).rejects.toMatchObject({ code: "EXPORT_DAMAGED" });
  expect(headOf(folder)).toEqual(headOf(before));
});

function same(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one !== undefined && Buffer.from(one).equals(other);
}
