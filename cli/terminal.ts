/** One line of a terminal that is written over. */
export interface LiveLine {
  /** The terminal's width now, in characters. */
  readonly columns: () => number;
  readonly write: (text: string) => void;
}

/** All that a command reaches of the process it runs in. `bailiff.ts` makes the real one. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** True where stdout is a terminal and `NO_COLOR` is not set. */
  readonly colour: boolean;
  readonly now: () => Date;
  /** What is piped in; opened when it is asked for. */
  readonly input: () => AsyncIterable<Uint8Array>;
  readonly out: (text: string) => void;
  /** Progress and prose: one line. */
  readonly say: (line: string) => void;
  /** The line of stderr that is written over; null or left out where stderr is no terminal. */
  readonly live?: LiveLine | null;
}

/** Exit statuses of the contract; `notStarted` is the one of `run` where it started no command. */
export const EXIT = { ok: 0, denied: 1, usage: 2, noVerdict: 3, notStarted: 125 } as const;

const OLDEST_NODE = 24;

/** Why a Node of this version cannot run Bailiff; null where it can. */
export function refusalOfNode(version: string): string | null {
  if (Number.parseInt(version, 10) >= OLDEST_NODE) return null;
  return `this is Node ${version}; run it with Node ${OLDEST_NODE} or newer, or from a checkout, which brings its own`;
}

/**
 * The user asked for something that cannot be: exit 2. `message` says what, `remedy` what to do;
 * without one, each line of the message says both.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly remedy: string | undefined;
  constructor(message: string, remedy?: string, options?: ErrorOptions) {
    super(message, options);
    this.remedy = remedy;
  }
}
