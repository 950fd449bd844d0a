import type { Terminal } from "./terminal.ts";

/** A command: its own arguments in, an exit status out. */
export interface Command {
  readonly usage: string;
  /** Its verbs, where it is a family of commands; `usage` is then of all of them. */
  readonly verbs?: ReadonlyMap<string, Command>;
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}
