export type GitHubErrorCode = "REPOSITORY_CHANGED" | "CHECK_NOT_BEGUN" | "ANSWER_STRANGE";

/** Why `github/` refused. Match on `code`; `message` is for people and may change. */
export class GitHubError extends Error {
  override readonly name = "GitHubError";
  readonly code: GitHubErrorCode;
  readonly remedy: string;

  constructor(code: GitHubErrorCode, message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.remedy = remedy;
  }
}
