import type { LedgerClone, LedgerFile } from "./branch.ts";
import { LedgerError } from "./errors.ts";
import { parseBatch, parseBatchPath, type BatchPlace } from "./format/batch.ts";
import { openEnvelope } from "./format/envelope.ts";
import { recordLeaf } from "./format/leaf.ts";
import { MAX_BATCH_BYTES } from "./format/limits.ts";
import type { Statement } from "./format/statement.ts";
import { executionPredicate } from "./execution-predicate.ts";
import { anyPredicate, verdictPredicate } from "./predicates.ts";
import type { ExecutionPredicate } from "./execution-predicate.ts";
import type { AnyPredicate, VerdictPredicate } from "./predicates.ts";

/**
 * A record as the branch holds it, its form accepted. Its signature is not looked at: that is
 * verification's.
 *
 * `leaf` is its leaf hash (hex), `keyid` the key that it claims; `verdict` and `execution` are null
 * for records of other kinds.
 */
export interface ReplayedRecord {
  readonly index: number;
  readonly leaf: string;
  readonly kind: string;
  readonly keyid: string;
  readonly statement: Statement;
  readonly predicate: AnyPredicate;
  readonly verdict: VerdictPredicate | null;
  readonly execution: ExecutionPredicate | null;
}

/** One batch file and where its records stand. */
export interface PlacedBatch extends BatchPlace {
  readonly path: string;
}

/**
 * Streams a ledger's records in index order, one batch in memory.
 *
 * `asOf` is the last index to be told; `only` keeps these indices, and reads no batch without one.
 * Throws LedgerError, with file and line, where the records do not follow from index 0 without a
 * gap (TREE_MISMATCH), or are not of their form (NOT_CANONICAL, KIND_MISMATCH).
 */
export async function* replay(
  clone: LedgerClone,
  options: { readonly asOf?: number; readonly only?: ReadonlySet<number> } = {},
): AsyncGenerator<ReplayedRecord> {
  const { asOf = Infinity, only } = options;
  const batches = contiguous(batchesOf(await clone.files()))
    .filter(({ first }) => first <= asOf)
    .filter((batch) => only === undefined || indicesOf(batch).some((index) => only.has(index)));

  let next = 0;
  for await (const bytes of clone.readAll(batches.map(({ path }) => path))) {
    const batch = batches[next++];
    if (batch === undefined) return;
    for (const { line, index } of linesOf(batch, bytes)) {
      if (index <= asOf && only?.has(index) !== false) yield recordAt(batch, index, line);
    }
  }
}

/** The batch files among a tree's entries that may be read, in index order. What is no regular file is none. */
export function batchesOf(files: readonly LedgerFile[]): readonly PlacedBatch[] {
  return files
    .filter(({ mode, sizeBytes }) => mode === "100644" && sizeBytes <= MAX_BATCH_BYTES)
    .flatMap(({ path }) => {
      const place = parseBatchPath(path);
      return place === null ? [] : [{ path, ...place }];
    })
    .sort((a, b) => a.first - b.first || a.count - b.count);
}

function contiguous(batches: readonly PlacedBatch[]): readonly PlacedBatch[] {
  let size = 0;
  for (const { path, first, count } of batches) {
    if (first !== size) throw at(path, "TREE_MISMATCH", `index ${size} should come here`);
    size += count;
  }
  return batches;
}

function indicesOf({ first, count }: BatchPlace): readonly number[] {
  return Array.from({ length: count }, (_, offset) => first + offset);
}

function linesOf(batch: PlacedBatch, bytes: Uint8Array) {
  const lines = named(batch.path, () => parseBatch(bytes));
  if (lines.length !== batch.count) {
    throw at(batch.path, "TREE_MISMATCH", `${lines.length} records, its name says ${batch.count}`);
  }
  return lines.map((line, offset) => ({ line, index: batch.first + offset }));
}

function recordAt(batch: PlacedBatch, index: number, line: Uint8Array): ReplayedRecord {
  const place = `${batch.path}:${index - batch.first + 1}`;
  const { statement, kind, keyid } = named(place, () => openEnvelope(line));
  const predicate = anyPredicate.safeParse(statement.predicate);
  const verdict = kind === "verdict" ? verdictPredicate.safeParse(statement.predicate) : null;
  const execution = kind === "execution" ? executionPredicate.safeParse(statement.predicate) : null;
  if (!predicate.success || verdict?.success === false || execution?.success === false) {
    throw at(place, "KIND_MISMATCH", `the predicate is none of kind ${kind}`);
  }
  const leaf = Buffer.from(recordLeaf(kind, line)).toString("hex");
  return {
    index,
    leaf,
    kind,
    keyid,
    statement,
    predicate: predicate.data,
    verdict: verdict?.data ?? null,
    execution: execution?.data ?? null,
  };
}

function named<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof LedgerError)) throw cause;
    const code = cause.code === "TOO_LARGE" ? "NOT_CANONICAL" : cause.code;
    throw at(place, code, cause.message, { cause });
  }
}

function at(place: string, code: LedgerError["code"], what: string, options?: ErrorOptions) {
  return new LedgerError(code, `${place}: ${what}`, options);
}
