import type { LineFault } from "./judge-line.ts";
import type { JudgedRecord } from "./judge-record.ts";
import type { KeysInForce } from "./keys-in-force.ts";
import type { Problems } from "./problems.ts";

/** A judged line and where it stands. */
export interface PlacedLine {
  readonly index: number;
  /** Its batch's path. */
  readonly batch: string;
  /** `records/x012/350-25.jsonl:3`. */
  readonly place: string;
  readonly leaf: Uint8Array;
  readonly fault: LineFault | null;
  /** null where it has not a record's form. */
  readonly record: JudgedRecord | null;
  /** `commit 1f2e3d4, index 12`. */
  readonly since: () => string;
}

/** What a record is held against, by its index. */
export interface RecordContext {
  readonly keys: KeysInForce;
  readonly problems: Problems;
}

/**
 * Holds a record whose form and signature stand against its kind, its key's powers at its index,
 * and the ledger that it is in.
 *
 * Reports KIND_MISMATCH, KEY_OUT_OF_SCOPE, KEY_OUT_OF_RANGE, KEY_REVOKED, FOREIGN_RECORD, and for a
 * `trust` record that names another keyset than the next one TRUST_ROLLBACK or TRUST_INVALID.
 */
export function checkRecord(line: PlacedLine, { problems, keys }: RecordContext): void {
  const { record, index, place, since } = line;
  if (record === null) return;
  const { kind, keyid, foreign } = record;

  const kindFault = index === 0 && kind !== "trust" ? notTrust(kind) : record.kindFault;
  if (kindFault !== null) problems.add("KIND_MISMATCH", place, kindFault, since());
  if (record.kindFault === null) followTrust(line, record.keysets, { problems, keys });

  const keyFault = keys.fault(keyid, kind, index);
  if (keyFault !== null) problems.add(keyFault.code, place, keyFault.what, since());

  if (foreign !== null) problems.add("FOREIGN_RECORD", place, foreign, since());
}

function notTrust(kind: string): string {
  return `record 0 is of kind ${kind}, not trust`;
}

/** Record 0 names version 1, each further trust record the version after the one that holds. */
function followTrust(
  { index, place, since }: PlacedLine,
  [digest]: readonly string[],
  { keys, problems }: RecordContext,
): void {
  if (digest === undefined) return;
  if (index === 0) {
    if (keys.isFirst(digest)) return;
    const what = "record 0 names another keyset than trust/1.root.json";
    problems.add("TRUST_INVALID", "trust/1.root.json", what, since());
    return;
  }
  const followed = keys.follow(digest);
  if (followed === "older") {
    problems.add("TRUST_ROLLBACK", place, "it puts an older keyset back", since());
  } else if (followed === "unknown") {
    const what = `it names the keyset after version ${keys.version}, and the ledger has no such file`;
    problems.add("TRUST_ROLLBACK", place, what, since());
  }
}
