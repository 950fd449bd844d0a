import { batchJudge, type JudgedBatch, type JudgingTerms } from "./judge-batch.ts";

/** Batch files, one after the other in `bytes`; `ends` says where each of them ends. */
export interface BatchBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: readonly number[];
}

/** Judges batches, at once or elsewhere. Dispose of them: threads may hang on them. */
export interface Judges extends AsyncDisposable {
  /** How many calls are worth being under way. */
  readonly atOnce: number;
  /**
   * The judgement of each batch, in order. What is given is given away: it must not be used again.
   *
   * Rejects where no judgement was reached; nothing is then known of these batches.
   */
  judge(batches: BatchBytes): Promise<readonly JudgedBatch[]>;
}

/** Makes judges for one ledger. */
export type OpenJudges = (terms: JudgingTerms) => Judges | Promise<Judges>;

/** Judges on the calling thread, while it waits. */
export function openJudgesHere(terms: JudgingTerms): Judges {
  const judge = batchJudge(terms);
  return {
    atOnce: 1,
    judge: async (batches) => Promise.resolve(judgeAll(batches, judge)),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** The judgement of each batch, in order. */
export function judgeAll(
  { bytes, ends }: BatchBytes,
  judge: (bytes: Uint8Array) => JudgedBatch,
): readonly JudgedBatch[] {
  return ends.map((end, at) => judge(bytes.subarray(ends[at - 1] ?? 0, end)));
}
