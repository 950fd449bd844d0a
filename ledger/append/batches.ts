import type { Tip } from "../branch.ts";
import { LedgerError } from "../errors.ts";
import { batchPath, parseBatch, parseBatchPath } from "../format/batch.ts";

/** As many indices share a folder. */
const FOLDER_RECORDS = 1_000;

/** A batch as the branch holds it: the index of its first record, and its lines. */
export interface ReadBatch {
  readonly first: number;
  readonly lines: readonly Uint8Array[];
}

/**
 * Reads the batches that hold the records from index `from` to `size` (not included), in order.
 *
 * Throws TREE_MISMATCH where they do not follow each other exactly, NOT_CANONICAL or TOO_LARGE for
 * a batch of another form.
 */
export async function* readBatches(
  tip: Tip,
  from: number,
  size: number,
): AsyncGenerator<ReadBatch> {
  const folder = { path: "", names: [] as readonly string[] };
  for (let first = from; first < size;) {
    const path = folderOf(first);
    if (path !== folder.path) {
      Object.assign(folder, { path, names: await tip.list(path) });
    }
    const batch = await readNamed(tip, first, folder.names);
    first += batch.lines.length;
    if (first > size) throw mismatch(batch.first, "it reaches beyond the signed size");
    yield batch;
  }
}

/** The same batches from the end, down to the first record; throws as `readBatches` does. */
export async function* readBatchesBackwards(tip: Tip, size: number): AsyncGenerator<ReadBatch> {
  let end = size;
  const lastFolder = Math.floor((size - 1) / FOLDER_RECORDS);
  for (let folder = lastFolder; folder >= 0 && end > 0; folder -= 1) {
    const path = folderOf(folder * FOLDER_RECORDS);
    const names = await tip.list(path);
    for (const first of firstsIn(path, names).filter((index) => index < end)) {
      const batch = await readNamed(tip, first, names);
      if (first + batch.lines.length !== end) {
        throw mismatch(first, `its batch does not end before index ${end}`);
      }
      end = first;
      yield batch;
    }
  }
  if (end > 0) throw mismatch(0, `no batch holds those before index ${end}`);
}

function firstsIn(folder: string, names: readonly string[]): readonly number[] {
  const places = names.map((name) => parseBatchPath(`${folder}/${name}`));
  return places.flatMap((place) => place?.first ?? []).sort((a, b) => b - a);
}

/** The batch whose first record has index `first`; throws as `readBatches` does. */
export async function readBatchAt(tip: Tip, first: number): Promise<ReadBatch> {
  return readNamed(tip, first, await tip.list(folderOf(first)));
}

async function readNamed(tip: Tip, first: number, names: readonly string[]): Promise<ReadBatch> {
  const folder = folderOf(first);
  const paths = names
    .map((name) => `${folder}/${name}`)
    .filter((path) => parseBatchPath(path)?.first === first);
  const [path] = paths;
  if (path === undefined || paths.length > 1) {
    throw mismatch(first, `${paths.length} batches begin here`);
  }
  const bytes = await tip.read(path);
  const lines = bytes === null ? [] : parseBatch(bytes);
  if (batchPath(first, lines.length) !== path) {
    throw mismatch(first, `${path} does not hold what its name says`);
  }
  return { first, lines };
}

function folderOf(first: number): string {
  const path = batchPath(first, 1);
  return path.slice(0, path.lastIndexOf("/"));
}

function mismatch(first: number, what: string): LedgerError {
  return new LedgerError("TREE_MISMATCH", `records, index ${first}: ${what}`);
}
