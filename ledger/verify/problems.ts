import type { Problem, ProblemCode } from "./verification.ts";

/** What each code means, in the order of the format's table. */
const MEANING: Readonly<Record<ProblemCode, string>> = {
  NOT_A_LEDGER: "This branch holds no ledger.",
  TRUST_INVALID:
    "The keys that this ledger claims do not follow from the ones that were published.",
  TRUST_ROLLBACK: "A newer keyset was taken away, so that keys it retired count again.",
  CHECKPOINT_INVALID: "Nobody who may sign for this ledger vouches for its head.",
  TRUNCATED: "Records that were once published are gone.",
  RECORD_EDITED: "This record was changed after it was signed.",
  TREE_MISMATCH: "A record was deleted, inserted, copied or moved.",
  FORKED: "The ledger's history was rewritten: different records were once published at this size.",
  SIGNATURE_INVALID: "The head was signed over a record that nobody signed.",
  NOT_CANONICAL: "Two readers may understand this record differently.",
  KIND_MISMATCH: "This record is not what its kind says.",
  KEY_UNKNOWN: "The key that signed this record is not one of this ledger's.",
  KEY_OUT_OF_SCOPE: "The key that signed this record may not sign records of this kind.",
  KEY_OUT_OF_RANGE: "The key that signed this record was not in force at its index.",
  KEY_REVOKED: "The key that signed this record had been revoked.",
  FOREIGN_RECORD: "This record was made for another ledger or repository.",
  FILE_FOREIGN: "No signed record accounts for this file.",
  FILE_MISSING: "A file that the ledger must have is gone.",
  MESSAGE_MISMATCH: "This commit's message tells something else than its records.",
};

/** Every code that a verification can report, in the order of the format's table. */
export const PROBLEM_CODES = Object.keys(MEANING) as readonly ProblemCode[];

/** A ledger with a million bad lines is told in a page. */
const MOST_OF_A_CODE = 100;

/** Gathers what does not hold; the order of `list` is the table's, then that of finding. */
export class Problems {
  readonly #found = new Map<ProblemCode, Problem[]>();
  readonly #omitted = new Map<ProblemCode, number>();

  /** `what` is what was seen, without a full stop; what it means is added. */
  add(code: ProblemCode, place: string, what: string, since: string | null = null): void {
    const found = this.#found.get(code) ?? [];
    this.#found.set(code, found);
    if (found.length < MOST_OF_A_CODE) {
      found.push({ code, place, since, message: `${what}. ${MEANING[code]}` });
    } else {
      this.omit(code, 1);
    }
  }

  /** Counts further ones of a code, of which there are as many as are told. */
  omit(code: ProblemCode, count: number): void {
    if (count > 0) this.#omitted.set(code, (this.#omitted.get(code) ?? 0) + count);
  }

  has(code: ProblemCode): boolean {
    return this.#found.has(code);
  }

  list(): readonly Problem[] {
    return PROBLEM_CODES.flatMap((code) => [...(this.#found.get(code) ?? []), ...this.#rest(code)]);
  }

  #rest(code: ProblemCode): readonly Problem[] {
    const omitted = this.#omitted.get(code);
    if (omitted === undefined) return [];
    return [
      { code, place: "and further", since: null, message: `${omitted} more. ${MEANING[code]}` },
    ];
  }
}
