import { visible } from "./visible.ts";

/**
 * Untrusted text for one line of a terminal or a log: no control sequence, no line break.
 *
 * Logs of GitHub's runner are commands too: `##[name]` anywhere in a line, and `::name::`
 * at its start after any blanks. Both are written so that the runner does not obey them.
 */
export function terminalText(text: string): string {
  return visible(text)
    .replaceAll("##[", "##\\u{5b}")
    .replace(/^(\s*):(?=:)/u, "$1\\u{3a}");
}
