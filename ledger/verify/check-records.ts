import type { LedgerClone } from "../branch.ts";
import { DIGEST_BYTES } from "../format/tree.ts";
import type { PlacedBatch } from "../replay.ts";
import { ClaimedPast } from "./claimed-past.ts";
import { checkRecord, type PlacedLine, type RecordContext } from "./check-record.ts";
import { sinceTouched, type History } from "./history.ts";
import type { LineFault } from "./judge-line.ts";
import type { Judges } from "./judges.ts";
import { KeptFaults } from "./kept-faults.ts";
import type { MessageWatch } from "./message-watch.ts";
import type { PastHeads } from "./past-heads.ts";
import { judgedBatches, withoutOverlaps, type PlacedJudgement } from "./placed-batches.ts";
import type { RootWatch } from "./root-watch.ts";
import { RunWatch } from "./run-watch.ts";

/** What the records are held against while they stream by, and what grows with them. */
export interface RecordsContext extends RecordContext {
  readonly batches: readonly PlacedBatch[];
  readonly history: History;
  readonly judges: Judges;
  readonly watch: RootWatch;
  readonly messages: MessageWatch;
  readonly pastHeads: PastHeads;
}

export interface ReadRecords {
  /** The lines whose form or signature fails; what that means depends on the root, which is known last. */
  readonly faulty: KeptFaults<LineFault["code"]>;
  /** What the records say of those before them, to be told where the records are whole. */
  readonly past: ClaimedPast;
  /** Each policy document (sha256, hex) that a record names, with the first record that does. */
  readonly documents: ReadonlyMap<string, Naming>;
  /** Each keyset (sha256, hex) that a trust record names, likewise. */
  readonly keysets: ReadonlyMap<string, Naming>;
}

/** The record that first names a file by its digest: its index, and its batch's path. */
export interface Naming {
  readonly index: number;
  readonly batch: string;
}

/** Enough of a leaf to tell it from any other, kept for every record. */
const LEAF_KEY_BYTES = 16;

/**
 * Has every record judged once and holds it, in index order, against its place: grows the tree, and
 * asks its key's powers there.
 *
 * Reports TREE_MISMATCH for a gap, an overlap, a batch that does not come apart or holds another
 * number of lines than its name says, and a record that stands twice; KIND_MISMATCH for an
 * execution without the record that it rests on. Rejects as the judges do.
 *
 * Memory holds some batches, 16 bytes of each leaf, the root at the end of each batch, the policy
 * documents' digests, and what is wrong.
 */
export async function checkRecords(
  clone: LedgerClone,
  context: RecordsContext,
): Promise<ReadRecords> {
  const { batches, problems, history, watch, judges } = context;
  const faulty = new KeptFaults<LineFault["code"]>();
  const past = new ClaimedPast();
  const runs = new RunWatch(problems);
  const documents = new Map<string, Naming>();
  const keysets = new Map<string, Naming>();
  const leaves = new Set<string>();
  const placed = withoutOverlaps(batches, problems);
  for await (const judgement of judgedBatches(clone, placed, judges)) {
    reportBroken(judgement, context);
    context.messages.add(judgement);
    for (const line of placedLines(judgement, history)) {
      watch.append(line.leaf);
      reportRepeated(line, leaves, context);
      noteNamed(line, documents, line.record?.documents);
      noteNamed(line, keysets, line.record?.keysets);
      if (line.fault === null) {
        checkRecord(line, context);
        runs.add(line);
        past.add(line, (leaf) => leaves.has(leafKey(Buffer.from(leaf, "hex"))));
      } else {
        faulty.add({ ...line.fault, place: line.place, since: line.since() });
      }
    }
    past.keep(watch);
    context.pastHeads.add(judgement.batch, watch);
  }
  return { faulty, past, documents, keysets };
}

function reportBroken({ batch, judged }: PlacedJudgement, { problems }: RecordContext): void {
  const { path, count } = batch;
  const { fault, lines } = judged;
  if (fault !== null) {
    problems.add("TREE_MISMATCH", path, `it cannot be taken apart: ${fault}`);
  } else if (lines.length !== count) {
    const what = `it holds ${lines.length} records, its name says ${count}`;
    problems.add("TREE_MISMATCH", path, what);
  }
}

function* placedLines({ batch, judged }: PlacedJudgement, history: History): Generator<PlacedLine> {
  for (const [offset, line] of judged.lines.entries()) {
    const index = batch.first + offset;
    yield {
      ...line,
      index,
      batch: batch.path,
      place: `${batch.path}:${offset + 1}`,
      leaf: judged.leaves.subarray(offset * DIGEST_BYTES, (offset + 1) * DIGEST_BYTES),
      since: () => sinceOf(batch, index, history),
    };
  }
}

/**
 * Ids are random, so a line that stands twice was copied: whoever may sign heads could put an old
 * approval after a denial with it, and needs no record key.
 */
function reportRepeated(
  { place, leaf, since }: PlacedLine,
  leaves: Set<string>,
  { problems }: RecordContext,
): void {
  const key = leafKey(leaf);
  if (leaves.has(key)) {
    problems.add("TREE_MISMATCH", place, "an earlier record stands here again", since());
  }
  leaves.add(key);
}

function leafKey(leaf: Uint8Array): string {
  return Buffer.from(leaf).toString("latin1", 0, LEAF_KEY_BYTES);
}

/** `commit 1f2e3d4, index 12`: the commit that touched the batch last. */
function sinceOf({ path }: PlacedBatch, index: number, history: History): string {
  const commit = sinceTouched(history, path);
  return commit === null ? `index ${index}` : `${commit}, index ${index}`;
}

/** Also from a record that is refused: what it names is not foreign for that. */
function noteNamed(
  { index, batch }: PlacedLine,
  known: Map<string, Naming>,
  digests: readonly string[] = [],
): void {
  for (const digest of digests) {
    if (!known.has(digest)) known.set(digest, { index, batch });
  }
}
