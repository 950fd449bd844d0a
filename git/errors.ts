export type GitErrorCode =
  | "NOT_A_REPOSITORY"
  | "NOT_A_WORK_TREE"
  | "UNSUPPORTED_REPOSITORY"
  | "UNKNOWN_REVISION"
  | "AMBIGUOUS_REVISION"
  | "SHALLOW_HISTORY"
  | "UNRELATED_HISTORIES"
  | "SEVERAL_MERGE_BASES"
  | "MALFORMED_OBJECT"
  | "OBJECT_MISMATCH"
  | "MISSING_OBJECT"
  | "NOT_A_FILE"
  | "TOO_LARGE"
  | "LEDGER_ABSENT"
  | "LEDGER_BRANCH_UNUSABLE"
  | "REMOTE_ADDRESS_REFUSED"
  | "FETCH_FAILED"
  | "PUSH_REFUSED"
  | "GIT_MISSING"
  | "GIT_TIMED_OUT"
  | "GIT_FAILED";

/** Why `git/` refused or failed. Match on `code`; `message` is one line for people and may change. */
export class GitError extends Error {
  override readonly name = "GitError";
  readonly code: GitErrorCode;
  constructor(code: GitErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Cuts what git or a server printed to one harmless line: the last that says why, without
 * control characters, credentials in URLs or more than 300 characters.
 */
export function oneLine(output: string): string {
  const lines = output.split(/[\r\n]+/).map((line) => line.trim());
  const telling = lines.filter((line) => /^(fatal|error|remote|!)/.test(line));
  const line = telling.findLast((each) => each.startsWith("fatal")) ?? telling.at(-1) ?? lines[0];
  return (line ?? "")
    .replace(/[\x00-\x1f\x7f-\x9f]/g, " ")
    .replace(/\/\/[^/@\s]*@/g, "//")
    .slice(0, 300);
}
