import { toBase64 } from "../../../ledger/format/base64.ts";
import { emptyRoot } from "../../../ledger/format/tree.ts";
import type { PlacedLine } from "../../../ledger/verify/check-record.ts";
import type { JudgedRecord } from "../../../ledger/verify/judge-record.ts";

const RECORD: JudgedRecord = {
  kind: "verdict",
  keyid: "a",
  kindFault: null,
  foreign: null,
  documents: [],
  keysets: [],
  observed: { size: 0, root: toBase64(emptyRoot()) },
  supersedes: null,
  run: null,
};

/** A signed line at an index, whose place is `line <index>`; null where it has not a record's form. */
export function placedLine(index: number, record: Partial<JudgedRecord> | null): PlacedLine {
  return {
    index,
    batch: "records/000-9.jsonl",
    place: `line ${index}`,
    leaf: new Uint8Array(32),
    fault: null,
    record: record === null ? null : { ...RECORD, ...record },
    since: () => `index ${index}`,
  };
}
