import { expect, test } from "vitest";
import { LedgerError, type LedgerErrorCode, type WriterCode } from "../../ledger/errors.ts";

/** Each code of a writer, or of a caller's input, and a word of what to do. */
const REMEDIES: Readonly<Record<WriterCode, RegExp>> = {
  LEDGER_ABSENT: /`bailiff ledger init`/,
  LEDGER_EXISTS: /`bailiff ledger verify`/,
  NOT_A_LEDGER: /`bailiff ledger init`/,
  ROOT_UNTRUSTED: /^Configure/,
  FOREIGN_REPOSITORY: /^Remove the copied/,
  KEY_WRONG_KIND: /`bailiff keys generate`/,
  KEY_INVALID: /`bailiff keys generate`/,
  PIN_INVALID: /`bailiff ledger pin`/,
  DRAFT_INVALID: /^Report this/,
  QUERY_INVALID: /^Correct the filter/,
  TOO_LARGE: /^Record fewer/,
  LOCKED: /^Wait/,
  LOST_RACE: /^Run again/,
  ADVANCE_FAILED: /let this writer push/,
  JOURNAL_CONFLICT: /^Look at the journal/,
  EXPORT_OCCUPIED: /^Export into a folder/,
  EXPORT_DAMAGED: /^Export into an empty/,
  JUDGING_FAILED: /^Run again/,
};

function remedyOf(code: LedgerErrorCode): string {
  return new LedgerError(code, "what and where").remedy;
}

test.each(Object.entries(REMEDIES) as [WriterCode, RegExp][])("%s comes with %s", (code, word) => {
  expect(remedyOf(code)).toMatch(word);
  expect(remedyOf(code)).toMatch(/^[A-Z][^]*\.$/);
});

test.each(["KEY_UNKNOWN", "KEY_OUT_OF_SCOPE"] as const)("%s asks for another key", (code) => {
  expect(remedyOf(code)).toMatch(/^Sign with [^]* trust root [^]*\.$/);
});

test.each(["TRUST_INVALID", "TRUNCATED", "FORKED", "KEY_REVOKED", "FILE_MISSING"] as const)(
  "%s is a reason to distrust the branch",
  (code) => {
    expect(remedyOf(code)).toMatch(/^Run `bailiff ledger verify` on a fresh clone[^]*\.$/);
  },
);

test("an error keeps its code, message and cause", () => {
  const cause = new Error("disk");
  const error = new LedgerError("LOCKED", "it is locked", { cause });
  expect(error).toMatchObject({ name: "LedgerError", code: "LOCKED", message: "it is locked" });
  expect(error.cause).toBe(cause);
});
