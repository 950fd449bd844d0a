import type { PolicyProblem } from "../rules/policy/policy-set.ts";
import { terminalText } from "./escape/terminal.ts";

/** A problem of a policy file in one line: `PATH:LINE:COLUMN: what; what to do`. */
export function problemText({ path, line, column, message, remedy }: PolicyProblem): string {
  return terminalText(`${path}:${line}:${column}: ${message}; ${remedy}`);
}
