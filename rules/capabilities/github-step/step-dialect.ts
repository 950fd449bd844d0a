import type { Dialect } from "../shell/command.ts";
import { programOf, type ShellProgram } from "../shell/program.ts";
import { readShell } from "../shell/read-shell.ts";
import { entryOf, type DataMap } from "../data/data-node.ts";
import type { StepScope } from "./scope.ts";
import { runDefaultsOf, type Step } from "./step.ts";

/**
 * Whose quotes and escapes a step's text has; null where it is in no shell's language. The program
 * that `shell` calls decides, and what is not certainly another language is read as a shell's.
 */
export function dialectOf({ body }: StepScope, step: Step): Dialect | null {
  const shell = textAt(step.body, "shell") || defaultShell(body);
  const program = programCalledBy(shell);
  if (program && isOtherLanguage(program) && !isShellScript(step.run?.text ?? "")) return null;
  if (program && POWERSHELLS.has(program.name)) return "powershell";
  return shell === "" && /windows/i.test(textAt(body, "runs-on")) ? "powershell" : "posix";
}

/** Whether a text says that a shell runs it, which perl too makes way for. */
export function isShellScript(text: string): boolean {
  return /^#!.*sh\b/.test(text);
}

const OTHER_LANGUAGES = new Set(["deno", "node", "perl", "python", "ruby"]);
const POWERSHELLS = new Set(["cmd", "powershell", "pwsh"]);

// `/usr/bin/env python3 -u {0}`
function programCalledBy(shell: string): ShellProgram | null {
  const [command, ...others] = readShell(shell, "posix");
  return command && others.length === 0 ? programOf(command) : null;
}

// `python -c CODE {0}` and `python launch.py {0}` may hand the text to a shell.
function isOtherLanguage({ name, args }: ShellProgram): boolean {
  const isPlain = args.every(({ text }) => text === "{0}" || /^-[A-Za-z-]+$/.test(text));
  return OTHER_LANGUAGES.has(name) && isPlain;
}

function defaultShell(body: DataMap): string {
  const run = runDefaultsOf(body);
  return run?.type === "map" ? textAt(run, "shell") : "";
}

function textAt(owner: DataMap, key: string): string {
  const value = entryOf(owner, key)?.value;
  const items = value?.type === "list" ? value.items : [value];
  return items.map((item) => (item?.type === "scalar" ? item.text.trim() : "")).join(" ");
}
