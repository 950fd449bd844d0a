import { openEnvelope, verifyEnvelope } from "../format/envelope.ts";
import { recordLeaf } from "../format/leaf.ts";
import { wholeSubject } from "../format/statement.ts";
import type { RecordKind, StandingRecord } from "../record.ts";
import { LedgerError } from "../errors.ts";
import { readBatchAt } from "./batches.ts";
import { catchUpAgain } from "./catch-up.ts";
import type { Head } from "./head.ts";
import { kindKey } from "./kind-key.ts";
import type { LatestIndex, RecordPlace } from "./latest-index.ts";
import { maySign } from "./writer-key.ts";

/** No more of a kind are read: the newest. Whatever ends an earlier one comes after it. */
const MAX_RECORDS = 1_000;

/**
 * The newest records of a kind, in index order, each signed by a key that may sign it there: in time
 * that grows with them, not with the ledger. Others are passed over.
 */
export async function standingRecords(
  kind: RecordKind,
  { head, latest }: { readonly head: Head; readonly latest: LatestIndex },
): Promise<readonly StandingRecord[]> {
  try {
    return await readAll(kind, { head, latest });
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    // Batches may have been put into one since they were noted.
    await catchUpAgain(head, latest);
    return await readAll(kind, { head, latest });
  }
}

async function readAll(
  kind: RecordKind,
  { head, latest }: { readonly head: Head; readonly latest: LatestIndex },
): Promise<readonly StandingRecord[]> {
  const noted = await latest.all(kindKey(kind));
  const places = noted.filter(({ index }) => index < head.checkpoint.size).slice(-MAX_RECORDS);
  const records: StandingRecord[] = [];
  const byBatch = Map.groupBy(places, ({ first }) => first);
  for (const [first, inside] of byBatch) {
    const { lines } = await readBatchAt(head.tip, first);
    for (const place of inside) {
      const record = await readOne(lines[place.index - first], place, { kind, head });
      if (record !== null) records.push(record);
    }
  }
  return records.sort((one, other) => one.index - other.index);
}

async function readOne(
  line: Uint8Array | undefined,
  { index }: RecordPlace,
  { kind, head }: { readonly kind: RecordKind; readonly head: Head },
): Promise<StandingRecord | null> {
  const opened = line === undefined ? null : openEnvelope(line);
  if (line === undefined || opened?.kind !== kind) {
    throw new LedgerError("TREE_MISMATCH", `index ${index} is not the ${kind} that was noted`);
  }
  const { keyid, statement } = opened;
  const signer = head.trust.keys.get(keyid);
  const holds =
    signer !== undefined &&
    maySign(head.trust, keyid, { kind, index }) &&
    statement.predicate.ledger === head.checkpoint.origin &&
    (await verifyEnvelope(opened, signer));
  if (!holds) return null;
  const leaf = Buffer.from(recordLeaf(kind, line)).toString("hex");
  return { index, leaf, subject: wholeSubject(statement), predicate: statement.predicate };
}
