import type { Terminal } from "./terminal.ts";

/** A command: its own arguments in, an exit status out. */
export interface Command {
  readonly usage: string;
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}
