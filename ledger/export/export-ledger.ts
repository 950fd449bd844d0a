import type { LedgerClone } from "../branch.ts";
import { LedgerError } from "../errors.ts";
import { fromBase64 } from "../format/base64.ts";
import { parseBatchPath } from "../format/batch.ts";
import { parseCheckpoint, type Checkpoint } from "../format/checkpoint.ts";
import { LEDGER_FILES, trustPath } from "../format/ledger-files.ts";
import { consistencyRanges, verifyConsistency, type TreeHead } from "../format/proof.ts";
import { EXPORT_NAMES, exportFiles } from "./export-files.ts";
import type { ExportFile, ExportFolder } from "./export-folder.ts";
import { claimedHead, ledgerEntries } from "./ledger-entries.ts";
import { rangeRoots } from "./range-roots.ts";
import { checkTiledLog } from "./tiled-log.ts";

/** What an export came to: the records that the folder holds, and how many of them it had before. */
export interface Exported {
  readonly size: number;
  readonly before: number;
}

/**
 * Writes a ledger that verified as a tlog-tiles directory, into a folder that is empty, or holds an
 * earlier export of it, whole or cut short. What is there is never written again, and the
 * checkpoint is replaced last: at every instant it is one that all of its tiles are there for.
 *
 * Throws EXPORT_OCCUPIED where the folder holds anything that no export of this ledger has,
 * EXPORT_DAMAGED for a file that is gone or is not what was exported, TRUNCATED where the export has more records than the ledger, FORKED where
 * no consistency proof leads from the export's head to the ledger's. Up to then nothing is written.
 */
export async function exportLedger(clone: LedgerClone, folder: ExportFolder): Promise<Exported> {
  const head = await claimedHead(clone);
  const { size } = head.checkpoint;
  const there = await pathsIn(folder);
  const before = await earlierHead(folder, head.checkpoint);
  if (before !== null) {
    await refuseDamaged(folder, before);
    await refuseOtherHistory(clone, before, head.checkpoint);
  }
  if (there.size > 0) await refuseStrange(folder, there, exportFiles(clone, size, there), before);
  for await (const { path, bytes } of exportFiles(clone, size)) {
    if (!there.has(path)) await folder.add(path, bytes);
  }
  await folder.publish(LEDGER_FILES.checkpoint, head.bytes);
  return { size, before: before?.size ?? 0 };
}

async function earlierHead(folder: ExportFolder, now: Checkpoint): Promise<Checkpoint | null> {
  const bytes = await folder.read(LEDGER_FILES.checkpoint);
  if (bytes === null) return null;
  const { origin, size, root } = checkpointOf(bytes);
  if (origin !== now.origin) throw occupied(`it holds ${origin}, this ledger is ${now.origin}`);
  if (size > now.size) {
    const what = `the export has ${size} records, the ledger only ${now.size}`;
    throw new LedgerError("TRUNCATED", what);
  }
  return { origin, size, root };
}

function checkpointOf(bytes: Uint8Array): Checkpoint {
  try {
    return parseCheckpoint(bytes).checkpoint;
  } catch (cause) {
    throw occupied("its checkpoint is none", { cause });
  }
}

async function refuseDamaged(folder: ExportFolder, before: Checkpoint): Promise<void> {
  try {
    await checkTiledLog(folder, before);
  } catch (cause) {
    if (!(cause instanceof LedgerError)) throw cause;
    throw damaged(cause.message, { cause });
  }
}

async function refuseOtherHistory(
  clone: LedgerClone,
  before: Checkpoint,
  now: Checkpoint,
): Promise<void> {
  const ranges = consistencyRanges(before.size, now.size);
  const proof = await rangeRoots(ranges, ledgerEntries(clone));
  if (verifyConsistency({ from: treeHead(before), to: treeHead(now), proof })) return;
  const what = `the first ${before.size} records of the export are not those of the ledger`;
  throw new LedgerError("FORKED", what);
}

function treeHead({ size, root }: Checkpoint): TreeHead {
  return { size, root: fromBase64(root) ?? new Uint8Array(0) };
}

/** Somebody's own folder is not walked through: what stands at its top tells. */
async function pathsIn(folder: ExportFolder): Promise<ReadonlySet<string>> {
  const foreign = (await folder.names()).find((name) => !EXPORT_NAMES.has(name));
  if (foreign !== undefined) throw noFileOfExport(foreign);
  const paths = new Set<string>();
  for await (const path of folder.paths()) paths.add(path);
  return paths;
}

/** Whoever serves the folder serves all of it: each file there has to be one of `files`. */
async function refuseStrange(
  folder: ExportFolder,
  there: ReadonlySet<string>,
  files: AsyncIterable<ExportFile>,
  before: Checkpoint | null,
): Promise<void> {
  const strange = new Set(there);
  strange.delete(LEDGER_FILES.checkpoint);
  for await (const { path, bytes } of files) {
    if (strange.delete(path)) {
      const holds = await folder.read(path);
      if (holds === null || !Buffer.from(bytes).equals(holds)) {
        throw damaged(`${path}: it holds something else`);
      }
    } else if (before !== null && isOfEvery(path, before)) {
      throw damaged(`${path}: it is not there`);
    }
  }
  const [foreign] = strange;
  if (foreign !== undefined) throw noFileOfExport(foreign);
}

/** Whether every export with that head has the file. Of later keysets and policies it cannot be told. */
function isOfEvery(path: string, { size }: Checkpoint): boolean {
  const batch = parseBatchPath(path);
  return batch === null ? path === FIRST_KEYSET : batch.first < size;
}

const FIRST_KEYSET = trustPath(1);

function noFileOfExport(path: string): LedgerError {
  return occupied(`${path} is no file of an export`);
}

function occupied(what: string, options?: ErrorOptions): LedgerError {
  return new LedgerError(
    "EXPORT_OCCUPIED",
    `the folder is no export of this ledger: ${what}`,
    options,
  );
}

function damaged(what: string, options?: ErrorOptions): LedgerError {
  return new LedgerError("EXPORT_DAMAGED", `the earlier export does not hold: ${what}`, options);
}
