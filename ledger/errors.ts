/** What verification reports (the table of the ledger's format), and what a broken form is refused as. */
export type VerificationCode =
  | "TRUST_INVALID"
  | "TRUST_ROLLBACK"
  | "CHECKPOINT_INVALID"
  | "TRUNCATED"
  | "RECORD_EDITED"
  | "TREE_MISMATCH"
  | "FORKED"
  | "SIGNATURE_INVALID"
  | "NOT_CANONICAL"
  | "KIND_MISMATCH"
  | "KEY_UNKNOWN"
  | "KEY_OUT_OF_SCOPE"
  | "KEY_OUT_OF_RANGE"
  | "KEY_REVOKED"
  | "FOREIGN_RECORD"
  | "FILE_FOREIGN"
  | "FILE_MISSING"
  | "MESSAGE_MISMATCH";

/** What stops a writer or a verification, or is wrong with a caller's input. */
export type WriterCode =
  | "LEDGER_ABSENT"
  | "LEDGER_EXISTS"
  | "NOT_A_LEDGER"
  | "ROOT_UNTRUSTED"
  | "FOREIGN_REPOSITORY"
  | "KEY_WRONG_KIND"
  | "KEY_INVALID"
  | "PIN_INVALID"
  | "DRAFT_INVALID"
  | "QUERY_INVALID"
  | "TOO_LARGE"
  | "LOCKED"
  | "LOST_RACE"
  | "ADVANCE_FAILED"
  | "JOURNAL_CONFLICT"
  | "EXPORT_OCCUPIED"
  | "EXPORT_DAMAGED"
  | "JUDGING_FAILED";

export type LedgerErrorCode = VerificationCode | WriterCode;

/**
 * Why `ledger/` refused its input.
 *
 * Match on `code`; `message` (what and where) and `remedy` (what to do) are for people and may change.
 */
export class LedgerError extends Error {
  override readonly name = "LedgerError";
  readonly code: LedgerErrorCode;
  readonly remedy: string;

  constructor(code: LedgerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.remedy = REMEDIES[code] ?? DISTRUST;
  }
}

const DISTRUST =
  "Run `bailiff ledger verify` on a fresh clone and find out who moved the branch; nothing is appended until its last good head is restored.";

const REMEDIES: Partial<Record<LedgerErrorCode, string>> = {
  LEDGER_ABSENT:
    "If the branch was there, push it back from a clone that has it; if not, let an administrator run `bailiff ledger init`.",
  LEDGER_EXISTS:
    "Use the ledger that is there (`bailiff ledger verify`), or remove the branch if it is something else.",
  NOT_A_LEDGER:
    "Move what stands on the branch elsewhere, then let an administrator run `bailiff ledger init`.",
  ROOT_UNTRUSTED:
    "Configure the digest of this ledger's trust root, if it is the one that you set up.",
  FOREIGN_REPOSITORY:
    "Remove the copied ledger branch, then let an administrator run `bailiff ledger init`.",
  KEY_UNKNOWN: "Sign with the key that the ledger's trust root names.",
  KEY_OUT_OF_SCOPE: "Sign with a key that the ledger's trust root allows this for.",
  KEY_WRONG_KIND: "Make a signing key with `bailiff keys generate`.",
  KEY_INVALID: "Make a signing key with `bailiff keys generate`.",
  PIN_INVALID: "Copy the whole line that `bailiff ledger pin` prints.",
  QUERY_INVALID: "Correct the filter and ask again.",
  DRAFT_INVALID: "Report this: the record was put together wrongly.",
  TOO_LARGE: "Record fewer or smaller things at a time.",
  LOCKED: "Wait for the other process, or end it, and run again.",
  LOST_RACE:
    "Run again; if it comes back, let fewer processes and runs append to this ledger at once.",
  ADVANCE_FAILED:
    "If a rule or a permission refused it, let this writer push to the branch governance-ledger; then run again: the batch is journaled, and the next append places it.",
  JOURNAL_CONFLICT:
    "Look at the journal's folder and the ledger branch: one of them was changed by hand or restored.",
  JUDGING_FAILED: "Run again, with more memory if it is short; nothing was verified.",
  EXPORT_OCCUPIED: "Export into a folder that is empty or absent.",
  EXPORT_DAMAGED: "Export into an empty folder, and find out who changed this one.",
};
