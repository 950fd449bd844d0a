import { documentsNamed } from "../append/documents.ts";
import type { LedgerClone } from "../branch.ts";
import type { JsonObject } from "../format/canonical.ts";
import type { PublicKey } from "../format/keys.ts";
import type { PlacedBatch } from "../replay.ts";
import { checkRecord, type RecordContext } from "./check-record.ts";
import { sinceTouched, type History } from "./history.ts";
import type { KeysInForce } from "./keys-in-force.ts";
import { judgeLine, placedLines, type JudgedLine, type LineFault } from "./lines.ts";
import { mapAhead } from "./map-ahead.ts";
import type { MessageWatch } from "./message-watch.ts";
import type { Problems } from "./problems.ts";
import type { RootWatch } from "./root-watch.ts";

/** What the records are held against while they stream by, and what grows with them. */
export interface RecordsContext {
  readonly batches: readonly PlacedBatch[];
  readonly history: History;
  readonly problems: Problems;
  readonly origin: string;
  readonly repositories: ReadonlySet<string>;
  /** The keys of every version, by id. */
  readonly everyKey: ReadonlyMap<string, PublicKey>;
  readonly keys: KeysInForce;
  readonly watch: RootWatch;
  readonly messages: MessageWatch;
}

/** A line whose form or signature fails; what that means depends on the root, which is known last. */
export interface FaultyLine {
  readonly place: string;
  readonly since: string;
  readonly fault: LineFault;
}

export interface ReadRecords {
  /** At most as many as are ever told. */
  readonly faulty: readonly FaultyLine[];
  /** Each policy document (sha256, hex) that a record names, with the first index that does. */
  readonly documents: ReadonlyMap<string, number>;
}

/** Signatures under way on the thread pool, while the next lines are hashed and opened. */
const MOST_AT_ONCE = 64;
const MOST_FAULTY = 1_000;
/** Enough of a leaf to tell it from any other, kept for every record. */
const LEAF_KEY_BYTES = 16;

/**
 * Reads every record once, in index order: grows the tree, and holds each record against its keys.
 * Reports TREE_MISMATCH for a record that stands twice, KIND_MISMATCH for an execution without the
 * records that it names.
 *
 * Memory holds one batch, 16 bytes of each leaf, the policy documents' digests, and what is wrong.
 */
export async function checkRecords(
  clone: LedgerClone,
  context: RecordsContext,
): Promise<ReadRecords> {
  const faulty: FaultyLine[] = [];
  const documents = new Map<string, number>();
  const since = (line: JudgedLine) => sinceOf(line, context.history);
  const lines = placedLines(clone, context.batches, context.problems);
  const judged = mapAhead(lines, MOST_AT_ONCE, (line) => judgeLine(line, context.everyKey));

  const leaves = new Set<string>();
  for await (const line of judged) {
    context.watch.append(line.leaf);
    reportRepeated(line, leaves, { ...context, since });
    context.messages.add(line);
    noteDocuments(line, documents);
    if (line.fault === null) {
      checkRecord(line, { ...context, since });
      reportUnfounded(line, leaves, { ...context, since });
    } else if (faulty.length < MOST_FAULTY) {
      faulty.push({ place: line.place, since: since(line), fault: line.fault });
    }
  }
  return { faulty, documents };
}

/**
 * Ids are random, so a line that stands twice was copied: whoever may sign heads could put an old
 * approval after a denial with it, and needs no record key.
 */
function reportRepeated(
  line: JudgedLine,
  leaves: Set<string>,
  { problems, since }: Pick<RecordsContext, "problems"> & Pick<RecordContext, "since">,
): void {
  const { place, leaf } = line;
  const key = leafKey(leaf);
  if (leaves.has(key)) {
    problems.add("TREE_MISMATCH", place, "an earlier record stands here again", since(line));
  }
  leaves.add(key);
}

/** An execution rests on records before it: one that names none would be told by no lineage. */
function reportUnfounded(
  line: JudgedLine,
  leaves: ReadonlySet<string>,
  { problems, since }: Pick<RecordsContext, "problems"> & Pick<RecordContext, "since">,
): void {
  const { place, opened } = line;
  if (opened?.kind !== "execution") return;
  const { verdictLeaf, startedLeaf } = opened.statement.predicate as JsonObject;
  const named = [verdictLeaf, startedLeaf].filter((leaf) => typeof leaf === "string");
  if (named.every((leaf) => leaves.has(leafKey(Buffer.from(leaf, "hex"))))) return;
  const what = "it rests on a record that does not stand before it";
  problems.add("KIND_MISMATCH", place, what, since(line));
}

function leafKey(leaf: Uint8Array): string {
  return Buffer.from(leaf).toString("latin1", 0, LEAF_KEY_BYTES);
}

/** `commit 1f2e3d4, index 12`: the commit that touched the batch last. */
function sinceOf({ batch, index }: JudgedLine, history: History): string {
  const commit = sinceTouched(history, batch.path);
  return commit === null ? `index ${index}` : `${commit}, index ${index}`;
}

/** Also from a record that is refused: its documents are not foreign for that. */
function noteDocuments({ opened, index }: JudgedLine, documents: Map<string, number>): void {
  for (const digest of opened === null ? [] : documentsNamed(opened.statement.predicate)) {
    if (!documents.has(digest)) documents.set(digest, index);
  }
}
