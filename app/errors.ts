export type AppErrorCode =
  | "ACCESS_REFUSED"
  | "ADDRESS_UNUSABLE"
  | "BASE_BRANCH_ABSENT"
  | "CHECK_UNTOLD"
  | "CONFIG_INVALID"
  | "DATA_IN_USE"
  | "DATA_UNUSABLE"
  | "DEFAULT_BRANCH_ABSENT"
  | "DELIVERY_STRANGE"
  | "LEDGER_GONE"
  | "LEDGER_NOT_OURS"
  | "LEDGER_WITHOUT_KEY"
  | "OUTBOX_UNREADABLE";

/** Why `app/` refused. Match on `code`; `message` and `remedy` are for people and may change. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: AppErrorCode;
  readonly remedy: string;

  constructor(code: AppErrorCode, message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.remedy = remedy;
  }
}
