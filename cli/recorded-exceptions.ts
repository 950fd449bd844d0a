import { openLedgerClone } from "../git/ledger-clone.ts";
import { wholeSubject } from "../ledger/format/statement.ts";
import type { StandingRecord } from "../ledger/record.ts";
import { replay } from "../ledger/replay.ts";
import { refuseUnsigned } from "../ledger/signed-head.ts";

/** The records of a kind that a clone holds, in order; their signatures are not looked at. */
export async function recordedExceptions(
  repository: string,
  kind: "waiver" | "incident",
): Promise<readonly StandingRecord[]> {
  await using clone = await openLedgerClone({ repository });
  await refuseUnsigned(clone);
  const records: StandingRecord[] = [];
  for await (const { index, leaf, kind: recorded, statement } of replay(clone)) {
    if (recorded !== kind) continue;
    records.push({ index, leaf, subject: wholeSubject(statement), predicate: statement.predicate });
  }
  return records;
}
