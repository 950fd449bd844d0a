export type ActionErrorCode =
  | "API_REFUSED"
  | "EVENT_UNKNOWN"
  | "INPUT_INVALID"
  | "LEDGER_ABSENT"
  | "LEDGER_NOT_OURS"
  | "NO_CHANGE"
  | "RUNNER_STRANGE";

/** Why a step ends without a verdict: one line that says what, and one that says what to do. */
export class ActionError extends Error {
  override readonly name = "ActionError";
  readonly code: ActionErrorCode;
  readonly remedy: string;
  constructor(code: ActionErrorCode, message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.remedy = remedy;
  }
}
