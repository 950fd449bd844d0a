import { LedgerError } from "../errors.ts";
import { openEnvelope } from "../format/envelope.ts";
import { readBatches } from "./batches.ts";
import type { Head } from "./head.ts";
import type { PendingBatch } from "./journal.ts";

/**
 * Whether a journaled batch stands on the branch at another place than the journal says: a folder that
 * was put back from a copy does not know that it was placed again after a race.
 *
 * Its lines were signed for the tree that they were to go on top of, so none stands before that.
 * Throws JOURNAL_CONFLICT where the batch is of another ledger, or was to go on top of more records
 * than the branch has, and what reading batches throws.
 */
export async function standsElsewhere(head: Head, pending: PendingBatch): Promise<boolean> {
  const { origin, size } = head.checkpoint;
  const { base, lines } = pending;
  if (base.size > size) {
    throw conflict(`it goes on top of ${base.size} records, and the branch has ${size}`);
  }
  if (lines.some((line) => openEnvelope(line).statement.predicate.ledger !== origin)) {
    throw conflict(`its records are not of ledger ${origin}`);
  }
  const journaled = new Set(lines.map(textOf));
  const holdsOne = async (from: number): Promise<boolean> => {
    for await (const batch of readBatches(head.tip, from, size)) {
      if (batch.lines.some((line) => journaled.has(textOf(line)))) return true;
    }
    return false;
  };
  // No batch begins there where somebody put two into one.
  return holdsOne(base.size).catch(() => holdsOne(0));
}

function textOf(line: Uint8Array): string {
  return Buffer.from(line).toString("latin1");
}

function conflict(what: string): LedgerError {
  return new LedgerError("JOURNAL_CONFLICT", `the journaled batch is not this branch's: ${what}`);
}
