import {
  type ScriptLine,
  type ScriptSources,
  taintedScript,
  type TaintedScript,
  variablesIn,
} from "./script-text.ts";
import { mergeTaints, type Taint } from "./taint.ts";
import { ANY_NAME } from "./taint-store.ts";
import {
  addWritten,
  nothingWritten,
  type TaintsByName,
  type WrittenValues,
} from "./written-values.ts";

/**
 * What a `run` writes to the runner's files and commands, by reading its lines: a guess.
 *
 * A line that prints by itself (`echo "t=$T" >> $GITHUB_OUTPUT`) hands on what it mentions, under
 * the names it gives, or else under any name. Whatever else writes (a block, a program) hands on all that
 * the script holds, under any name. Shell variables hold what their assignments mention.
 */
export function writtenByRun(run: string, sources: ScriptSources): WrittenValues {
  const written = nothingWritten();
  if (!isWriting(run)) return written;
  const script = taintedScript(run, sources);
  if (script.all.length === 0) return written;
  const locals = assignedIn(script);
  for (const line of script.lines.filter(({ text }) => isWriting(text))) {
    const isTold = PRINTS.test(line.text) && isComplete(line.text);
    const taints = isTold ? taintsOf(line, locals) : script.all;
    const names = isTold ? namesIn(line.text) : [ANY_NAME];
    const isOutput = OUTPUT.test(line.text);
    const isVariable = VARIABLE.test(line.text);
    for (const name of names) {
      if (isOutput) addWritten(written.outputs, name.toLowerCase(), taints);
      if (isVariable) addWritten(written.variables, name, taints);
    }
  }
  return written;
}

const OUTPUT = /GITHUB_OUTPUT|::set-output\b/i;
const VARIABLE = /GITHUB_ENV|::set-env\b/i;

function isWriting(text: string): boolean {
  return OUTPUT.test(text) || VARIABLE.test(text);
}

// `echo …`, `"t=$T" >> $env:GITHUB_OUTPUT`
const PRINTS = /^\s*["']|\b(?:echo|printf|print|Write-(?:Host|Output)|Add-Content)\b/i;

/** Whether a line stands alone: its quotes and brackets close, and no text follows it. */
function isComplete(line: string): boolean {
  const bare = line.replace(/\\./g, "_");
  const count = (character: string): number => bare.split(character).length - 1;
  return count('"') % 2 === 0 && count("(") === count(")") && !/<<-?\s*["']?[A-Za-z_]/.test(bare);
}

// `echo "t=$T"`, `echo "::set-output name=t::$T"`
function namesIn(line: string): string[] {
  const commands = Array.from(line.matchAll(/::set-(?:output|env) name=([\w-]+)/g));
  const assigned = Array.from(line.matchAll(/(?<![\w.$-])([A-Za-z_][\w-]*)=/g));
  const found = commands.length > 0 ? commands : assigned;
  const names = found.map(([, name = ""]) => name);
  return names.length > 0 ? names : [ANY_NAME];
}

type Locals = ReadonlyMap<string, readonly Taint[]>;

function taintsOf(line: ScriptLine, locals: Locals): readonly Taint[] {
  const read = variablesIn(line.text).map((name) => locals.get(name.toUpperCase()) ?? []);
  return mergeTaints([line.taints, ...read]);
}

/** What the script's own variables hold, by names in upper case, as PowerShell takes any. One that a line leaves open can hold all of it. */
function assignedIn({ lines, all }: TaintedScript): Locals {
  const locals: TaintsByName = new Map();
  for (const line of lines) {
    const names = assignedNames(line.text);
    if (names.length === 0) continue;
    const isOpen = READS.test(line.text) || !isComplete(line.text);
    const taints = isOpen ? all : taintsOf(line, locals);
    for (const name of names) addWritten(locals, name.toUpperCase(), taints);
  }
  return locals;
}

// `T=…`, `export T=…`, `$T = …`, `for T in …`, `read -r T`
const ASSIGNED =
  /(?<![\w.$-])([A-Za-z_]\w*)\+?=|\$([A-Za-z_]\w*)\s*=(?!=)|\bfor\s+([A-Za-z_]\w*)\s+in\b|\bread\s+(?:-\w\s+)?([A-Za-z_]\w*)/g;

const READS = /\b(?:read|mapfile|readarray)\b/;

function assignedNames(line: string): string[] {
  return Array.from(
    line.matchAll(ASSIGNED),
    ([, plain, powershell, looped, read]) => plain ?? powershell ?? looped ?? read ?? "",
  );
}
