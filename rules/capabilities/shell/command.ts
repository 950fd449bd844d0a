/** A word of a command as its shell hands it on: without quotes and continued lines. */
export interface ShellWord {
  readonly text: string;
  /** The text with `'` for each part that single quotes or an escape keep from being expanded. */
  readonly expanding: string;
  /** 0-based: the line of the script in which it begins. */
  readonly row: number;
  /** A redirection (`>`, `<<<`) and no word that the command gets. */
  readonly isRedirection: boolean;
}

/** Commands by their place in the script's list: from `from` on, less than `to`. */
export interface CommandRange {
  readonly from: number;
  readonly to: number;
}

/** A simple command. Those in its words (`$(…)`, `<(…)`) stand behind it in the list. */
export interface ShellCommand {
  readonly words: readonly ShellWord[];
  readonly row: number;
  /** The commands whose output it reads through a pipe, or takes as a redirection behind a group. */
  readonly reads: CommandRange | null;
  /** The command, and the word of it, that this one's output becomes part of. */
  readonly within: { readonly command: number; readonly word: number } | null;
  /** What `<<EOF` hands it; `expands`: with `$(…)` in it run. */
  readonly heredocs: readonly Heredoc[];
}

export interface Heredoc {
  readonly text: string;
  readonly row: number;
  readonly expands: boolean;
}

/** How quotes and escapes are read: by a backslash, or by PowerShell's backtick. */
export type Dialect = "posix" | "powershell";
