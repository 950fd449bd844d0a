import { LedgerError } from "../errors.ts";
import { MAX_BATCH_BYTES, MAX_BATCH_RECORDS, MAX_LINE_BYTES } from "./limits.ts";

/** An immutable batch: the index of its first record, and how many it holds. */
export interface BatchPlace {
  readonly first: number;
  readonly count: number;
}

const BATCH_PATH = /^records\/((?:x[0-9]{3}\/)*[0-9]{3})-([1-9][0-9]{0,3})\.jsonl$/;
const NEWLINE = 0x0a;

/** Where a batch lies: `records/x012/350-25.jsonl` holds the 25 records from index 12350. */
export function batchPath(first: number, count: number): string {
  return `records/${tlogPath(first)}-${count}.jsonl`;
}

/** The place that a path names, null where it is not the one path of a batch. */
export function parseBatchPath(path: string): BatchPlace | null {
  const [, index = "", digits] = BATCH_PATH.exec(path) ?? [];
  const first = Number(index.replaceAll(/[x/]/g, ""));
  const count = Number(digits);
  const known = Number.isSafeInteger(first + count) && count <= MAX_BATCH_RECORDS;
  return known && batchPath(first, count) === path ? { first, count } : null;
}

/** An index in groups of three digits, all but the last with an `x`: `x001/x234/067`; c2sp.org/tlog-tiles. */
export function tlogPath(index: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  return padded.replaceAll(/[0-9]{3}(?=[0-9])/g, "x$&/");
}

/** A batch's bytes: each line with its newline. Throws TOO_LARGE above 4 MiB or 1,000 records. */
export function formatBatch(lines: readonly Uint8Array[]): Uint8Array {
  const bytes = Buffer.concat(lines.flatMap((line) => [line, Buffer.of(NEWLINE)]));
  refuseLarge(bytes.length, lines.length);
  return bytes;
}

/**
 * A batch's lines, without their newlines; they share its memory.
 *
 * Throws TOO_LARGE above 4 MiB, 1,000 lines or 256 KiB a line, NOT_CANONICAL for an empty line, an
 * empty batch, or a last line that does not end.
 */
export function parseBatch(bytes: Uint8Array): readonly Uint8Array[] {
  refuseLarge(bytes.length, 0);
  if (bytes.at(-1) !== NEWLINE) {
    throw new LedgerError("NOT_CANONICAL", "a batch whose last line does not end");
  }
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(NEWLINE, start);
    lines.push(lineOf(bytes.subarray(start, end)));
    refuseLarge(bytes.length, lines.length);
    start = end + 1;
  }
  return lines;
}

function lineOf(line: Uint8Array): Uint8Array {
  if (line.length === 0) {
    throw new LedgerError("NOT_CANONICAL", "a batch with an empty line");
  }
  if (line.length > MAX_LINE_BYTES) {
    throw new LedgerError("TOO_LARGE", `a line of ${line.length} bytes`);
  }
  return line;
}

function refuseLarge(sizeBytes: number, count: number): void {
  if (sizeBytes > MAX_BATCH_BYTES || count > MAX_BATCH_RECORDS) {
    throw new LedgerError("TOO_LARGE", `a batch of ${sizeBytes} bytes and ${count} records`);
  }
}
