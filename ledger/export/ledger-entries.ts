import type { LedgerClone } from "../branch.ts";
import { LedgerError } from "../errors.ts";
import { parseBatch } from "../format/batch.ts";
import { parseCheckpoint, type Checkpoint } from "../format/checkpoint.ts";
import { openEnvelope } from "../format/envelope.ts";
import { leafEntry } from "../format/leaf.ts";
import { LEDGER_FILES } from "../format/ledger-files.ts";
import { batchesOf } from "../replay.ts";
import { located } from "./located.ts";

/** A branch's signed note, its exact bytes, and what it claims. */
export interface LedgerHead {
  readonly bytes: Uint8Array;
  readonly checkpoint: Checkpoint;
}

/** One batch file of a branch, and the tree's entries for its records. */
export interface EntryBatch {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly entries: readonly Uint8Array[];
}

/** The head that a ledger's branch claims; its signature is verification's. Throws CHECKPOINT_INVALID. */
export async function claimedHead(clone: LedgerClone): Promise<LedgerHead> {
  const bytes = await clone.read(LEDGER_FILES.checkpoint);
  if (bytes === null) throw new LedgerError("CHECKPOINT_INVALID", "checkpoint: it is not there");
  return { bytes, checkpoint: parseCheckpoint(bytes).checkpoint };
}

/**
 * Streams a ledger's batches in index order, one in memory. Whether they are without a gap and lead
 * to the signed root is the caller's to ask.
 *
 * Throws NOT_CANONICAL or TOO_LARGE, with the batch's path, for what has not its form.
 */
export async function* entryBatches(clone: LedgerClone): AsyncGenerator<EntryBatch> {
  const paths = batchesOf(await clone.files()).map(({ path }) => path);
  let next = 0;
  for await (const bytes of clone.readAll(paths)) {
    const path = paths[next++] ?? "";
    yield { path, bytes, entries: located(path, () => parseBatch(bytes).map(entryOf)) };
  }
}

/** Streams the tree's entries for a ledger's records, as `entryBatches` does. */
export async function* ledgerEntries(clone: LedgerClone): AsyncGenerator<Uint8Array> {
  for await (const { entries } of entryBatches(clone)) yield* entries;
}

function entryOf(line: Uint8Array): Uint8Array {
  return leafEntry(openEnvelope(line).kind, line);
}
