import { expect, test } from "vitest";
import { AppError } from "../../app/errors.ts";
import { isTransient } from "../../app/transient.ts";
import { GitError } from "../../git/errors.ts";
import { GitHubError } from "../../github/errors.ts";
import { LedgerError } from "../../ledger/errors.ts";

test.each([
  { error: new GitError("FETCH_FAILED", "slow"), transient: true },
  { error: new GitError("PUSH_REFUSED", "slow"), transient: true },
  { error: new GitError("UNRELATED_HISTORIES", "never"), transient: false },
  { error: new GitError("TOO_LARGE", "never"), transient: false },
  { error: new LedgerError("LOCKED", "busy"), transient: true },
  { error: new LedgerError("ADVANCE_FAILED", "lost"), transient: true },
  { error: new LedgerError("ROOT_UNTRUSTED", "foreign"), transient: false },
  { error: new LedgerError("CHECKPOINT_INVALID", "forged"), transient: false },
  { error: new AppError("ACCESS_REFUSED", "suspended", "look"), transient: true },
  { error: new AppError("CHECK_UNTOLD", "in progress", "wait"), transient: true },
  { error: new AppError("LEDGER_NOT_OURS", "foreign", "look"), transient: false },
  { error: new GitHubError("REPOSITORY_CHANGED", "moved", "push"), transient: false },
  { error: Object.assign(new Error("bad gateway"), { status: 502 }), transient: true },
  { error: new TypeError("a defect"), transient: true },
  { error: "not even an error", transient: true },
])("$error passes by itself: $transient", ({ error, transient }) => {
  expect(isTransient(error)).toBe(transient);
});
