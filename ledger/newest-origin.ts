import { readBatchesBackwards } from "./append/batches.ts";
import type { Tip } from "./branch.ts";
import { openEnvelope } from "./format/envelope.ts";
import { verdictPredicate } from "./predicates.ts";

/** Who had a verdict recorded. */
export type RecordedOrigin = "app" | "action" | "cli";

/**
 * Who recorded the newest verdict among the first `size` records, of those that `among` names; null
 * where there is none. Reads from the end, and verifies no signature.
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
      const { origin } = verdictPredicate.parse(statement.predicate).verdict.provenance;
      if (among.includes(origin)) return origin;
    }
  }
  return null;
}
