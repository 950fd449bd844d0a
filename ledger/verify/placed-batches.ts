import type { LedgerClone, LedgerFile } from "../branch.ts";
import type { PlacedBatch } from "../replay.ts";
import { sinceTouched, type History } from "./history.ts";
import type { JudgedBatch } from "./judge-batch.ts";
import type { BatchBytes, Judges } from "./judges.ts";
import { mapAhead } from "./map-ahead.ts";
import type { Problems } from "./problems.ts";

/** A judged batch and the place that its name gives it. */
export interface PlacedJudgement {
  readonly batch: PlacedBatch;
  readonly judged: JudgedBatch;
}

/** Enough at once that handing it to a thread costs nothing, and a thread's answer comes soon. */
const BYTES_AT_ONCE = 256 * 1_024;

/**
 * Batch files without those that are the same blob as another: TREE_MISMATCH, since no record stands
 * twice. They are not read: some kilobytes of a branch can name one of 4 MiB a million times.
 */
export function withoutCopies(
  files: readonly LedgerFile[],
  { history, problems }: { readonly history: History; readonly problems: Problems },
): readonly LedgerFile[] {
  const paths = new Map<string, string>();
  return files.filter(({ path, oid }) => {
    const first = paths.get(oid);
    paths.set(oid, first ?? path);
    if (first === undefined) return true;
    const what = `it is the same file as ${first}`;
    problems.add("TREE_MISMATCH", path, what, sinceTouched(history, path));
    return false;
  });
}

/** Reads batches and has them judged; gives them in the order of `batches`. */
export async function* judgedBatches(
  clone: LedgerClone,
  batches: readonly PlacedBatch[],
  judges: Judges,
): AsyncGenerator<PlacedJudgement> {
  const judge = async ({ batches: placed, ...bytes }: Group) => {
    const judged = await judges.judge(bytes);
    return placed.map((batch, at) => ({ batch, judged: judged[at] }));
  };
  for await (const group of mapAhead(groups(clone, batches), judges.atOnce, judge)) {
    for (const { batch, judged } of group) {
      if (judged === undefined) throw new TypeError(`${batch.path} was not judged`);
      yield { batch, judged };
    }
  }
}

/**
 * The batches that follow each other in index order.
 *
 * Reports TREE_MISMATCH for a gap, and for an overlap, whose later batch is left out.
 */
export function withoutOverlaps(
  batches: readonly PlacedBatch[],
  problems: Problems,
): readonly PlacedBatch[] {
  let size = 0;
  return batches.filter(({ path, first, count }) => {
    if (first < size) {
      problems.add("TREE_MISMATCH", path, `the batch before it already holds index ${first}`);
      return false;
    }
    if (first > size) {
      problems.add("TREE_MISMATCH", path, `index ${size} to ${first - 1} are missing before it`);
    }
    size = first + count;
    return true;
  });
}

interface Group extends BatchBytes {
  readonly batches: readonly PlacedBatch[];
}

async function* groups(clone: LedgerClone, batches: readonly PlacedBatch[]): AsyncGenerator<Group> {
  let files: Uint8Array[] = [];
  let sizeBytes = 0;
  let next = 0;
  const group = (): Group => ({
    batches: batches.slice(next - files.length, next),
    ...joined(files, sizeBytes),
  });
  for await (const bytes of clone.readAll(batches.map(({ path }) => path))) {
    files.push(bytes);
    sizeBytes += bytes.length;
    next += 1;
    if (sizeBytes < BYTES_AT_ONCE) continue;
    yield group();
    [files, sizeBytes] = [[], 0];
  }
  if (files.length > 0) yield group();
}

/** A copy, in memory of its own that can be given away. */
function joined(files: readonly Uint8Array[], sizeBytes: number): BatchBytes {
  const bytes = new Uint8Array(sizeBytes);
  const ends: number[] = [];
  for (const file of files) {
    const start = ends.at(-1) ?? 0;
    bytes.set(file, start);
    ends.push(start + file.length);
  }
  return { bytes, ends };
}
