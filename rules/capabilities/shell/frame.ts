import type { CommandRange, Heredoc, ShellCommand, ShellWord } from "./command.ts";

/** The quotes that are open: `<<` for a here document, in which no quote counts. */
export type Quote = "" | "'" | '"' | "<<";

export interface OpenCommand extends ShellCommand {
  readonly index: number;
  reads: CommandRange | null;
  readonly words: ShellWord[];
  readonly heredocs: Heredoc[];
}

export interface OpenWord {
  text: string;
  expanding: string;
  readonly row: number;
  /** Such a word is no keyword. */
  isQuoted: boolean;
}

/** A list of commands that is being read: the script's own, a group's or a substitution's. */
export interface Frame {
  /** What ends it; "" for the script. */
  readonly closer: string;
  readonly within: ShellCommand["within"];
  /** What all of its commands may read. */
  readonly input: CommandRange | null;
  readonly first: number;
  command: OpenCommand | null;
  word: OpenWord | null;
  quote: Quote;
  /** Whether an assignment may follow the words of the command so far. */
  isAssigning: boolean;
  /** Up to where `<<` is no here document's. */
  rawUntil: number;
  /** What the next command reads, and what a pipe would hand to the one after. */
  source: CommandRange | null;
  last: CommandRange | null;
  /** The group that ends right here: what stands behind it takes the output of all of it. */
  group: CommandRange | null;
}

export type NewFrame = Pick<Frame, "closer" | "within" | "input" | "first" | "rawUntil">;

export function openFrame(list: NewFrame): Frame {
  return {
    ...list,
    command: null,
    word: null,
    quote: "",
    isAssigning: true,
    source: null,
    last: null,
    group: null,
  };
}
