import { batchPath, formatBatch } from "../../ledger/format/batch.ts";
import type { JsonObject } from "../../ledger/format/canonical.ts";
import { signEnvelope } from "../../ledger/format/envelope.ts";
import { generateSigningKey, type SigningKey } from "../../ledger/format/keys.ts";
import { recordLeaf } from "../../ledger/format/leaf.ts";
import { statementOf } from "./verdict-fixture.ts";

export interface FixtureRecord {
  readonly kind: string;
  readonly predicate: JsonObject;
}

/** A record's line under a key that only these tests have. */
export function signedLine(record: FixtureRecord, key: SigningKey = ANY_KEY): Uint8Array {
  return signEnvelope(statementOf(record.kind, record.predicate), key);
}

/** The leaf hash (hex) of a record signed by `signedLine`. */
export function leafOf(record: FixtureRecord, key?: SigningKey): string {
  return Buffer.from(recordLeaf(record.kind, signedLine(record, key))).toString("hex");
}

/** One batch file a list of records, placed one after the other from index 0. */
export function batchFiles(
  batches: readonly (readonly FixtureRecord[])[],
): Readonly<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  let first = 0;
  for (const records of batches) {
    const lines = records.map((record) => signedLine(record));
    files[batchPath(first, lines.length)] = formatBatch(lines);
    first += lines.length;
  }
  return files;
}

const ANY_KEY = generateSigningKey().key;
