/** Refusals that pass: another writer, a slow server, a push that others won, access that was taken away for a while. */
const PASSING: ReadonlySet<string> = new Set([
  "ACCESS_REFUSED",
  "ADVANCE_FAILED",
  "CHECK_UNTOLD",
  "FETCH_FAILED",
  "GIT_FAILED",
  "GIT_TIMED_OUT",
  "LOCKED",
  "LOST_RACE",
  "MISSING_OBJECT",
  "PUSH_REFUSED",
  "UNKNOWN_REVISION",
]);

const ROOMS: ReadonlySet<string> = new Set([
  "AppError",
  "GitError",
  "GitHubError",
  "LedgerError",
  "RulesError",
]);

/** Whether trying again may help. What no room refused (a network, a defect) may pass. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error) || !ROOMS.has(error.name)) return true;
  return "code" in error && PASSING.has(String(error.code));
}
