/** All that a command reaches of the process it runs in. `bailiff.ts` makes the real one. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** True where stdout is a terminal and `NO_COLOR` is not set. */
  readonly colour: boolean;
  readonly now: () => Date;
  readonly out: (text: string) => void;
  /** Progress and prose: one line. */
  readonly say: (line: string) => void;
}

/** Exit statuses of the contract. */
export const EXIT = { ok: 0, denied: 1, usage: 2, noVerdict: 3 } as const;

/** The user asked for something that cannot be: exit 2. `message` says what, `remedy` what to do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly remedy: string;
  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.remedy = remedy;
  }
}
