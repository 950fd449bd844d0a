/** A room refused its input or could not go on, and says so to people. */
export interface Refusal extends Error {
  readonly code: string;
  /** What to do, where the message does not say it. */
  readonly remedy?: string;
}

const ROOMS = ["RulesError", "LedgerError", "GitError", "GitHubError", "AppError", "ActionError"];

/** Whether an error is a room's own word, and not a defect of ours. */
export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && ROOMS.includes(error.name);
}
