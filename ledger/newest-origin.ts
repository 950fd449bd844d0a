import { readBatchesBackwards } from "./append/batches.ts";
import type { Tip } from "./branch.ts";
import { LedgerError } from "./errors.ts";
import { openEnvelope } from "./format/envelope.ts";
import { type VerdictPredicate, verdictPredicate } from "./predicates.ts";

/** Who had a verdict recorded. */
export type RecordedOrigin = VerdictPredicate["verdict"]["provenance"]["origin"];

/**
 * Who recorded the newest verdict among the first `size` records, of those that `among` names; null
 * where there is none. Reads from the end, and verifies no signature.
 * Throws KIND_MISMATCH for a verdict of another form.
 */
export async function newestOrigin(
  tip: Tip,
  size: number,
  among: readonly RecordedOrigin[],
): Promise<RecordedOrigin | null> {
  for await (const { lines } of readBatchesBackwards(tip, size)) {
    for (const line of lines.toReversed()) {
      const { kind, statement } = openEnvelope(line);
      if (kind !== "verdict") continue;
      const read = verdictPredicate.safeParse(statement.predicate);
      if (!read.success) throw new LedgerError("KIND_MISMATCH", "a verdict's predicate is none");
      const { origin } = read.data.verdict.provenance;
      if (among.includes(origin)) return origin;
    }
  }
  return null;
}
