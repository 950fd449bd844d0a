import { LedgerError } from "../errors.ts";
import { toBase64 } from "../format/base64.ts";
import { openEnvelope } from "../format/envelope.ts";
import { recordLeaf } from "../format/leaf.ts";
import { Frontier } from "../format/tree.ts";
import { readBatches } from "./batches.ts";
import type { Head } from "./head.ts";
import { isNotedKind, kindKey } from "./kind-key.ts";
import type { Journal, TreeHead } from "./journal.ts";
import type { LatestIndex, RecordPlace } from "./latest-index.ts";
import { latestKey } from "./sameness.ts";

/**
 * Refuses a head that does not continue what was seen before, without reading records.
 *
 * Throws TRUNCATED where it is smaller than the largest head ever noted, FORKED where it has that
 * size and another root.
 */
export function refuseOlderHead(head: TreeHead, noted: TreeHead | null): void {
  if (noted === null) return;
  if (head.size < noted.size) {
    throw new LedgerError(
      "TRUNCATED",
      `the branch holds ${head.size} records, and ${noted.size} were seen`,
    );
  }
  if (head.size === noted.size && head.root !== noted.root) {
    throw forked(noted.size);
  }
}

/**
 * Reads the records between the last time and this head, and proves that the head continues what was
 * noted: the tree that was known, grown by these records, has the signed root and passes through
 * the noted one. Then notes the head.
 *
 * What the cache says it knows is only a short cut: where it does not lead to the head, the records
 * are read from the first one. Throws TRUNCATED, FORKED, and what reading batches and records throws.
 */
export async function catchUp(head: Head, journal: Journal, latest: LatestIndex): Promise<void> {
  const noted = await journal.noted();
  refuseOlderHead(head.checkpoint, noted);
  const known = await latest.caughtUp();
  if (isAt(known, head) && noted?.size === known.size) return;

  const grown = (await shortCut(head, known, noted)) ?? (await grow(head, new Frontier(), noted));
  if (grown === null) throw forked(noted?.size ?? head.checkpoint.size);
  await journal.note(head.checkpoint);
  await latest.add(grown.places, grown.frontier);
}

/** Makes the index again from the first record, after it was found to point to a wrong one. */
export async function catchUpAgain(head: Head, latest: LatestIndex): Promise<void> {
  await latest.reset();
  const grown = await grow(head, new Frontier(), null);
  if (grown === null) throw forked(head.checkpoint.size);
  await latest.add(grown.places, grown.frontier);
}

interface Grown {
  readonly frontier: Frontier;
  readonly places: readonly (readonly [string, RecordPlace])[];
}

/** Null also where no batch begins where the cache ends: somebody may have put two into one. */
async function shortCut(
  head: Head,
  known: Frontier,
  noted: TreeHead | null,
): Promise<Grown | null> {
  try {
    return await grow(head, known, noted);
  } catch (error) {
    if (error instanceof LedgerError) return null;
    throw error;
  }
}

/** Grows `known` to the head; null where that gives another root, or misses what was noted. */
async function grow(head: Head, known: Frontier, noted: TreeHead | null): Promise<Grown | null> {
  const frontier = known.copy();
  const latest = new Map<string, RecordPlace>();
  const notedAll: [string, RecordPlace][] = [];
  const isNoted = (): boolean => noted === null || isTree(frontier, noted);
  let passed = isNoted();
  for await (const batch of readBatches(head.tip, known.size, head.checkpoint.size)) {
    for (const [offset, line] of batch.lines.entries()) {
      const { kind, statement } = openEnvelope(line);
      frontier.append(recordLeaf(kind, line));
      const place = { index: batch.first + offset, first: batch.first };
      latest.set(latestKey(statement), place);
      if (isNotedKind(kind)) notedAll.push([kindKey(kind), place]);
      // Wherever it was noted: what was two batches then may be one now.
      passed ||= isNoted();
    }
  }
  return passed && isAt(frontier, head) ? { frontier, places: [...latest, ...notedAll] } : null;
}

function isAt(frontier: Frontier, head: Head): boolean {
  return isTree(frontier, head.checkpoint);
}

function isTree(frontier: Frontier, { size, root }: TreeHead): boolean {
  return frontier.size === size && toBase64(frontier.root()) === root;
}

function forked(size: number): LedgerError {
  return new LedgerError("FORKED", `the branch does not continue the ledger seen at size ${size}`);
}
