import { LedgerError } from "../errors.ts";
import { toBase64 } from "../format/base64.ts";
import { batchPath, formatBatch } from "../format/batch.ts";
import { signCheckpoint, type Checkpoint } from "../format/checkpoint.ts";
import { openEnvelope } from "../format/envelope.ts";
import { formatFrontier } from "../format/frontier-file.ts";
import type { SigningKey } from "../format/keys.ts";
import { recordLeaf } from "../format/leaf.ts";
import { LEDGER_FILES, policyPath } from "../format/ledger-files.ts";
import { MAX_BATCH_BYTES, MAX_BATCH_FILES } from "../format/limits.ts";
import { commitMessage } from "../format/message.ts";
import type { Digest, Frontier } from "../format/tree.ts";
import type { Head } from "./head.ts";
import type { PendingBatch } from "./journal.ts";

/** Signed records (lines without newlines) at the end of a tree. Equal input gives equal bytes. */
export interface Placement {
  readonly checkpoint: Checkpoint;
  readonly first: number;
  readonly leaves: readonly Digest[];
  /** All that the commit writes, but for the checkpoint that is not signed yet. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly message: string;
}

/** What is placed. `documents` are policy documents by sha256 (hex). */
export interface Batch {
  readonly lines: readonly Uint8Array[];
  readonly documents: ReadonlyMap<string, Uint8Array>;
}

/**
 * Places a batch at the end of the tree that `base` is the right edge of; signs nothing.
 *
 * Throws TOO_LARGE for a batch above 4 MiB, documents above 4 MiB together, or over 100 files.
 */
export function placeBatch(origin: string, base: Frontier, { lines, documents }: Batch): Placement {
  const records = lines.map((line) => {
    const { kind, statement } = openEnvelope(line);
    return { kind, statement, leaf: recordLeaf(kind, line) };
  });
  const leaves = records.map(({ leaf }) => leaf);
  const grown = base.copy();
  for (const leaf of leaves) grown.append(leaf);

  const files = new Map([
    [batchPath(base.size, lines.length), formatBatch(lines)],
    ...[...documents].map(([digest, bytes]) => [policyPath(digest), bytes] as const),
    [LEDGER_FILES.frontier, formatFrontier(grown)],
  ]);
  refuseLarge(files, documents);
  const checkpoint = { origin, size: grown.size, root: toBase64(grown.root()) };
  return { checkpoint, first: base.size, leaves, files, message: commitMessage(records) };
}

/** The commit's files, with the checkpoint signed. Its root must be journaled before. */
export function signPlacement(
  { checkpoint, files }: Placement,
  key: SigningKey,
): ReadonlyMap<string, Uint8Array> {
  return new Map([...files, [LEDGER_FILES.checkpoint, signCheckpoint(checkpoint, key)]]);
}

/** Whether a head holds a journaled batch, at the place it was journaled for. */
export async function isPlaced({ tip, checkpoint }: Head, pending: PendingBatch): Promise<boolean> {
  if (checkpoint.size < pending.result.size) return false;
  const path = batchPath(pending.base.size, pending.lines.length);
  const bytes = await tip.read(path);
  return bytes !== null && Buffer.from(bytes).equals(formatBatch(pending.lines));
}

function refuseLarge(
  files: ReadonlyMap<string, Uint8Array>,
  documents: ReadonlyMap<string, Uint8Array>,
): void {
  const bytes = [...documents.values()].reduce((sum, document) => sum + document.length, 0);
  // The checkpoint is yet to come.
  if (bytes <= MAX_BATCH_BYTES && files.size + 1 <= MAX_BATCH_FILES) return;
  throw new LedgerError(
    "TOO_LARGE",
    `an append of ${files.size + 1} files, its policy documents of ${bytes} bytes`,
  );
}
