export type RulesErrorCode =
  /** A value has no canonical JSON. */
  | "NOT_CANONICAL"
  /** A condition reached a fact that this host does not know. */
  | "FACT_UNKNOWN"
  /** A glob or pattern that cannot be compiled. */
  | "PATTERN_INVALID"
  /** A pattern whose compiled form is too large. */
  | "PATTERN_TOO_LARGE"
  /** A document that is no GovernanceVerdict. */
  | "VERDICT_INVALID";

/** Why `rules/` refused its input. Match on `code`; `message` is for people and may change. */
export class RulesError extends Error {
  override readonly name = "RulesError";
  readonly code: RulesErrorCode;

  constructor(code: RulesErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
