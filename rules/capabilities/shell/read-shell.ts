import type { Dialect, ShellCommand } from "./command.ts";
import type { Shell } from "./raw-ranges.ts";
import { ShellScanner } from "./scanner.ts";

/**
 * Splits a script into its simple commands, in the order in which they begin.
 *
 * One pass, in time linear in the text, and for any text: quotes, comments, continued lines,
 * pipes, groups, substitutions and here documents are told apart, keywords are left out, and all
 * else is words. `${{ }}` is one piece of a word, as GitHub fills it in before a shell sees it.
 * What is no script of this dialect gives words that mean little. Only lists within more than a
 * thousand others, and arithmetic within a lot of arithmetic, are refused: it throws
 * `NotUnderstood`.
 *
 * `curl -s "$URL" | sudo sh` → `curl -s $URL` and `sudo sh`, which reads the first.
 *
 * Source: POSIX.1-2024, Shell Command Language, 2.3 to 2.9.
 */
export function readShell(script: string, dialect: Dialect, shell: Shell = "bash"): ShellCommand[] {
  return new ShellScanner(script, dialect, { shell }).scan();
}

/** The commands that the text of a here document, or of double quotes, runs: those in `$(…)`. */
export function readExpansions(text: string, dialect: Dialect): ShellCommand[] {
  return new ShellScanner(text, dialect, { quote: "<<" }).scan();
}
