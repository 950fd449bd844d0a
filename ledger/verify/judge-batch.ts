import { LedgerError } from "../errors.ts";
import { parseBatch } from "../format/batch.ts";
import type { OpenedEnvelope } from "../format/envelope.ts";
import { parsePublicKey, type PublicKey } from "../format/keys.ts";
import { commitMessage } from "../format/message.ts";
import { DIGEST_BYTES } from "../format/tree.ts";
import { textDigest } from "./history.ts";
import { judgeLine, type LineFault, type OpenedLine } from "./judge-line.ts";
import { judgeRecord, type JudgedRecord, type MadeFor } from "./judge-record.ts";

/** What the lines of every batch are held against. Plain data: it is sent to other threads. */
export interface JudgingTerms extends MadeFor {
  /** The public keys of every keyset, in base64. */
  readonly keys: readonly string[];
}

/** A batch, judged but for where it stands. Plain data: it is sent between threads. */
export interface JudgedBatch {
  /** Why it does not come apart, null where it does; it then has no lines. */
  readonly fault: string | null;
  /** Equal ones are one object: of a thousand lines there are few, and what is sent is what differs. */
  readonly lines: readonly JudgedLine[];
  /** The lines' leaf hashes, 32 bytes each, one after the other. */
  readonly leaves: Uint8Array;
  /** `textDigest` of the message that its records give, null where a line is faulty. */
  readonly message: string | null;
}

export interface JudgedLine {
  readonly fault: LineFault | null;
  /** null where it has not a record's form. */
  readonly record: JudgedRecord | null;
}

/** Judges batches by their bytes. Never throws for what they hold. */
export type JudgeBatch = (bytes: Uint8Array) => JudgedBatch;

/** Throws KEY_INVALID for a key that is none. */
export function batchJudge(terms: JudgingTerms): JudgeBatch {
  const keys = new Map(terms.keys.map(parsePublicKey).map((key) => [key.id, key]));
  return (bytes) => judgeBatch(bytes, { terms, keys });
}

function judgeBatch(
  bytes: Uint8Array,
  { terms, keys }: { terms: JudgingTerms; keys: ReadonlyMap<string, PublicKey> },
): JudgedBatch {
  const lines = linesOrFault(bytes);
  if (typeof lines === "string") {
    return { fault: lines, lines: [], leaves: new Uint8Array(0), message: null };
  }
  const opened = lines.map((line) => judgeLine(line, keys));
  return {
    fault: null,
    lines: shared(opened.map((line) => judgedLine(line, terms))),
    leaves: leavesOf(opened),
    message: messageOf(opened),
  };
}

function linesOrFault(bytes: Uint8Array): readonly Uint8Array[] | string {
  try {
    return parseBatch(bytes);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return error.message;
  }
}

function judgedLine({ opened, fault }: OpenedLine, terms: JudgingTerms): JudgedLine {
  return { fault, record: opened === null ? null : judgeRecord(opened, terms) };
}

function shared(lines: readonly JudgedLine[]): readonly JudgedLine[] {
  const known = new Map<string, JudgedLine>();
  return lines.map((line) => {
    const key = JSON.stringify(line);
    const same = known.get(key) ?? line;
    known.set(key, same);
    return same;
  });
}

function leavesOf(lines: readonly OpenedLine[]): Uint8Array {
  const leaves = new Uint8Array(lines.length * DIGEST_BYTES);
  for (const [at, { leaf }] of lines.entries()) leaves.set(leaf, at * DIGEST_BYTES);
  return leaves;
}

function messageOf(lines: readonly OpenedLine[]): string | null {
  const records: OpenedEnvelope[] = [];
  for (const { opened, fault } of lines) {
    if (opened === null || fault !== null) return null;
    records.push(opened);
  }
  return textDigest(commitMessage(records));
}
