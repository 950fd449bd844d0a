import type { VerificationCode } from "../errors.ts";

/** `NOT_A_LEDGER`: the branch has neither keyset nor checkpoint; nothing else is then looked at. */
export type ProblemCode = VerificationCode | "NOT_A_LEDGER";

/**
 * One thing that does not hold.
 *
 * `place` is a file, `file:line`, or `commit <id>`; `since` the first commit and index where it
 * shows, null where that cannot be told; `message` is a sentence on what it means. Both quote
 * untrusted paths as they are: escape them where they are shown.
 */
export interface Problem {
  readonly code: ProblemCode;
  readonly place: string;
  readonly since: string | null;
  readonly message: string;
}

/**
 * What an auditor's verification came to. `ok` means no problem at all.
 *
 * `size` and `root` (base64) are those of the signed checkpoint, or of the records found where it
 * is not signed; `pin` is the line to pin next, empty where the ledger does not hold.
 */
export interface Verification {
  readonly ok: boolean;
  readonly size: number;
  readonly root: string;
  readonly pin: string;
  readonly problems: readonly Problem[];
  readonly notCovered: readonly string[];
}
