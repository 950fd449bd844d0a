import { onceForEach } from "../once-for-each.ts";
import { codeOf, isEvaluating, isInterpreter } from "../shell/interpreters.ts";
import type { EnvLayer, StepScope } from "./scope.ts";
import { type HttpRequest, requestOf } from "../shell/http-request.ts";
import { programOf, type ShellProgram } from "../shell/program.ts";
import type { Dialect, ShellCommand } from "../shell/command.ts";
import { readsOtherwise, type Shell } from "../shell/raw-ranges.ts";
import { readExpansions, readShell } from "../shell/read-shell.ts";
import { ShellVariables } from "./shell-variables.ts";
import type { Step } from "./step.ts";
import { dialectOf, isShellScript } from "./step-dialect.ts";

/** A command of a step, with its variables in place as far as they are known. */
export interface ScriptCommand
  extends ShellProgram, Pick<ShellCommand, "row" | "reads" | "within" | "heredocs"> {
  /** All of its words, as they were written. */
  readonly written: readonly string[];
  /** The same, but for what stands in single quotes or behind an escape. */
  readonly expanding: readonly string[];
  /** What it asks a server for, null where it is no client of HTTP. */
  readonly request: HttpRequest | null;
  /** How its text is read: what stands for a value in PowerShell is a program's name elsewhere. */
  readonly dialect: Dialect;
}

/** Commands that one text holds; ranges and places among them count within it. */
export type Script = readonly ScriptCommand[];

/** How deep texts are read that a script hands to a shell: `bash -c "bash -c …"`. */
const MAX_DEPTH = 3;

interface Text {
  readonly text: string;
  readonly row: number;
  readonly depth: number;
  /** Else it runs nothing but what it expands: `$(…)`. */
  readonly isCode: boolean;
}

/** Several kinds ask for the scripts of a step. */
const knownScripts = onceForEach<StepScope, Map<Step, readonly Script[]>>(() => new Map());

/**
 * What `run` of a step runs: its script first, then the texts in it that it hands to a shell as
 * code (`bash -c "…"`, here documents). Rows count in the step's text. None for a step without
 * `run`, or in another language than a shell's.
 */
export function scriptsOf(scope: StepScope, step: Step): readonly Script[] {
  const scripts = knownScripts(scope);
  const known = scripts.get(step);
  if (known) return known;
  const read = readScripts(scope, step);
  scripts.set(step, read);
  return read;
}

function readScripts(scope: StepScope, step: Step): Script[] {
  const dialect = dialectOf(scope, step);
  if (!step.run || !dialect) return [];
  return scriptsIn(step.run.text, dialect, [...scope.env, step.env]);
}

/** As `scriptsOf`, for a text that a shell runs in an environment: the outermost `env` first. */
export function scriptsIn(code: string, dialect: Dialect, env: readonly EnvLayer[]): Script[] {
  const read: Script[] = [];
  const variables = new ShellVariables(env);
  const texts: Text[] = [{ text: code, row: 0, depth: 0, isCode: true }];
  // Grows while it is gone through; each depth holds no more than what was read of the one before.
  for (const text of texts) {
    for (const shell of shellsOf(text)) {
      const script = readText(text, { dialect, shell }, variables);
      read.push(script.commands);
      if (text.depth < MAX_DEPTH) for (const nested of script.texts) texts.push(nested);
    }
  }
  return read;
}

// Which one runs it is not always told: what they read differently is read as both do.
function shellsOf({ text, isCode }: Text): readonly Shell[] {
  return isCode && readsOtherwise(text) ? ["bash", "sh"] : ["bash"];
}

function readText(
  { text, row, depth, isCode }: Text,
  { dialect, shell }: { readonly dialect: Dialect; readonly shell: Shell },
  variables: ShellVariables,
): { readonly commands: Script; readonly texts: readonly Text[] } {
  const written = isCode ? readShell(text, dialect, shell) : readExpansions(text, dialect);
  const commands = written.map((command) => placeVariables(command, { row, dialect, variables }));
  const texts: Text[] = [];
  for (const [index, command] of written.entries()) {
    const program = commands[index];
    if (!program) continue;
    const nested = [
      ...codeIn(command, program),
      ...heredocsOf(command, program, commands[index + 1]),
    ];
    for (const part of nested) texts.push({ ...part, row: part.row + row, depth: depth + 1 });
  }
  return { commands, texts };
}

/** What the text is read as that a command stands in. */
interface Place {
  readonly row: number;
  readonly dialect: Dialect;
  readonly variables: ShellVariables;
}

function placeVariables(
  { words, row, ...places }: ShellCommand,
  { row: firstRow, dialect, variables }: Place,
): ScriptCommand {
  const placed = words.map((word, at) => {
    // PowerShell: `$url = …` says the variable's name, not what it held before.
    const isName = dialect === "powershell" && words[at + 1]?.text === "=";
    const text = isName ? word.text : variables.resolve(word.text);
    return text === word.text ? word : { ...word, text };
  });
  const program = programOf({ words: placed });
  for (const { text } of program.assigned) {
    variables.assign(text.slice(0, text.search(/\+?=/)), text.slice(text.indexOf("=") + 1));
  }
  const written = words.map(({ text }) => text);
  const expanding = words.map((word) => word.expanding);
  const request = requestOf(program);
  return { ...program, ...places, row: row + firstRow, dialect, written, expanding, request };
}

type NestedText = Omit<Text, "depth">;

function codeIn({ words }: ShellCommand, program: ShellProgram): readonly NestedText[] {
  const code = codeOf(program).flatMap(({ word }) => words[word] ?? []);
  const [first] = code;
  // `eval` runs its arguments as one text.
  if (first && isEvaluating(program.name)) {
    return [{ text: code.map(({ text }) => text).join(" "), row: first.row, isCode: true }];
  }
  return code.map(({ text, row }) => ({ text, row, isCode: true }));
}

// `bash <<EOF` and `cat <<EOF | bash` run it.
function heredocsOf(
  { heredocs }: ShellCommand,
  program: ShellProgram,
  next: ScriptCommand | undefined,
): readonly NestedText[] {
  const reader = next?.reads ? next : undefined;
  const runs = [program, reader].some((command) => command && isInterpreter(command));
  return heredocs
    .map((heredoc) => ({ ...heredoc, isCode: runs || isShellScript(heredoc.text) }))
    .filter(({ expands, isCode }) => isCode || expands);
}

/** Whether a step's `run` is in another language than a shell's. */
export function isForeign(scope: StepScope, step: Step): boolean {
  return dialectOf(scope, step) === null;
}
