import type { JsonObject } from "./format/canonical.ts";

/** What a ledger records. Unknown kinds verify and are listed. */
export const RECORD_KINDS = [
  "verdict",
  "waiver",
  "execution",
  "merge",
  "deployment",
  "omission",
  "trust",
  "expunge",
  "incident",
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** The freshest checkpoint seen before judging. `root` is base64. */
export interface Observed {
  readonly size: number;
  readonly root: string;
}

/** What a record is about: the head commit and its tree, hex object ids. */
export interface Subject {
  readonly commit: string;
  readonly tree: string;
}

/**
 * A record before it is signed. The sequencer adds `id`, `ledger` and, for verdicts,
 * `supersedes`; the predicate brings `at` and everything of its kind.
 */
export interface RecordDraft {
  readonly kind: RecordKind;
  readonly subject: Subject;
  readonly observed: Observed;
  readonly predicate: JsonObject;
}

/** Where a record stands. `leaf` is its RFC 6962 leaf hash (hex); `pin` what an auditor pins now. */
export interface PlacedRecord {
  readonly index: number;
  readonly leaf: string;
  readonly pin: string;
  /** False where an equal latest record made a new one unnecessary: this is that record. */
  readonly appended: boolean;
}

/** A record that its ledger holds, under a key that may sign it. `subject` is null where it is no commit. */
export interface StandingRecord {
  readonly index: number;
  readonly leaf: string;
  readonly subject: Subject | null;
  readonly predicate: JsonObject;
}

/** The writer's side of a ledger, as `maestro/` uses it. */
export interface Ledger {
  observe(): Promise<Observed>;
  /** The newest records of a kind, at most 1,000, in index order; those whose key holds. */
  standing(kind: "waiver" | "incident"): Promise<readonly StandingRecord[]>;
  /**
   * Places the drafts in their order and returns where each stands, once that is durable.
   *
   * `documents` are the policy documents that judged, by the sha256 (hex) of their bytes: the
   * ledger keeps each one's exact bytes, once. Throws LedgerError; what was journaled is placed
   * by the next append.
   */
  append(
    drafts: readonly RecordDraft[],
    documents: ReadonlyMap<string, Uint8Array>,
  ): Promise<readonly PlacedRecord[]>;
}
