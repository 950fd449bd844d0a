import type { LedgerClone } from "../branch.ts";
import { LedgerError } from "../errors.ts";
import { fromBase64 } from "../format/base64.ts";
import { parseBatch } from "../format/batch.ts";
import { openEnvelope, verifyEnvelope, type OpenedEnvelope } from "../format/envelope.ts";
import type { PublicKey } from "../format/keys.ts";
import { recordLeaf } from "../format/leaf.ts";
import { kindOfPredicateType } from "../format/statement.ts";
import type { Digest } from "../format/tree.ts";
import type { PlacedBatch } from "../replay.ts";
import type { Problems } from "./problems.ts";

/** One line of a batch and where it stands. `last`: the last one of its batch. */
export interface PlacedLine {
  readonly batch: PlacedBatch;
  readonly index: number;
  readonly place: string;
  readonly line: Uint8Array;
  readonly last: boolean;
}

/** A line's form and signature, judged on their own. */
export interface JudgedLine extends PlacedLine {
  readonly leaf: Digest;
  /** null where it has not a record's form. */
  readonly opened: OpenedEnvelope | null;
  readonly fault: LineFault | null;
}

export interface LineFault {
  readonly code: "NOT_CANONICAL" | "KEY_UNKNOWN" | "SIGNATURE_INVALID";
  readonly what: string;
}

/**
 * Streams the lines of batches in index order.
 *
 * Reports TREE_MISMATCH for a gap, an overlap (its lines are left out), a batch that does not come
 * apart, and one that holds another number of lines than its name says.
 */
export async function* placedLines(
  clone: LedgerClone,
  batches: readonly PlacedBatch[],
  problems: Problems,
): AsyncGenerator<PlacedLine> {
  const kept = withoutOverlaps(batches, problems);
  let next = 0;
  for await (const bytes of clone.readAll(kept.map(({ path }) => path))) {
    const batch = kept[next++];
    if (batch === undefined) return;
    const lines = linesOf(batch, bytes, problems);
    yield* lines.map((line, offset) => ({
      batch,
      index: batch.first + offset,
      place: `${batch.path}:${offset + 1}`,
      line,
      last: offset === lines.length - 1,
    }));
  }
}

/** Opens a line and verifies its signature under the key that it names. Never rejects. */
export async function judgeLine(
  placed: PlacedLine,
  keys: ReadonlyMap<string, PublicKey>,
): Promise<JudgedLine> {
  const opened = openedOrFault(placed.line);
  if ("code" in opened) {
    const leaf = recordLeaf(claimedKind(placed.line), placed.line);
    return { ...placed, leaf, opened: null, fault: opened };
  }
  const leaf = recordLeaf(opened.kind, placed.line);
  return { ...placed, leaf, opened, fault: await signatureFault(opened, keys) };
}

function withoutOverlaps(
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

function linesOf(batch: PlacedBatch, bytes: Uint8Array, problems: Problems): readonly Uint8Array[] {
  const { path, count } = batch;
  try {
    const lines = parseBatch(bytes);
    if (lines.length !== count) {
      const what = `it holds ${lines.length} records, its name says ${count}`;
      problems.add("TREE_MISMATCH", path, what);
    }
    return lines;
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    problems.add("TREE_MISMATCH", path, `it cannot be taken apart: ${error.message}`);
    return [];
  }
}

function openedOrFault(line: Uint8Array): OpenedEnvelope | LineFault {
  try {
    return openEnvelope(line);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { code: "NOT_CANONICAL", what: `the record's form is refused: ${error.message}` };
  }
}

async function signatureFault(
  opened: OpenedEnvelope,
  keys: ReadonlyMap<string, PublicKey>,
): Promise<LineFault | null> {
  const key = keys.get(opened.keyid);
  if (key === undefined) {
    const what = `the record is signed by key ${opened.keyid}, which no keyset has`;
    return { code: "KEY_UNKNOWN", what };
  }
  const holds = await verifyEnvelope(opened, key);
  return holds ? null : { code: "SIGNATURE_INVALID", what: "the record's signature does not hold" };
}

/**
 * The kind under which a line that is refused may still stand in the tree: a writer who signs
 * another spelling shall be told so, not that somebody edited it.
 */
function claimedKind(line: Uint8Array): string {
  try {
    const { payload } = JSON.parse(new TextDecoder().decode(line)) as { payload: string };
    const statement = new TextDecoder().decode(fromBase64(payload) ?? new Uint8Array(0));
    const { predicateType } = JSON.parse(statement) as { predicateType: string };
    return kindOfPredicateType(predicateType) ?? "verdict";
  } catch {
    return "verdict";
  }
}
