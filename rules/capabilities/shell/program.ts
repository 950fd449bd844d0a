import type { ShellCommand } from "./command.ts";

/** What a command calls. */
export interface ShellProgram {
  /** Without its folder, version and `.exe`, in lower case; "" for a command that only assigns. */
  readonly name: string;
  /** As written, for what is called by its path; null for a command that only assigns. */
  readonly called: Argument | null;
  readonly args: readonly Argument[];
  /** `NAME=value` before it. */
  readonly assigned: readonly Argument[];
  /** The files that its output is written to. */
  readonly targets: readonly string[];
  /** The texts that `<<<` hands it. */
  readonly input: readonly Argument[];
  /** The files that `<` hands it. */
  readonly inputFiles: readonly string[];
}

/** A word, and its place among all words of the command. */
export interface Argument {
  readonly text: string;
  readonly word: number;
}

/**
 * Finds what a command calls behind what only stands before it: assignments, and programs that
 * start another one (`sudo -E`, `env A=b`, `timeout 5`).
 */
export function programOf(command: Pick<ShellCommand, "words">): ShellProgram {
  const { plain, ...redirected } = sortWords(command);
  const { assigned, rest } = withoutPrefixes(plain);
  const called = rest[0] ?? null;
  return {
    name: programName(called?.text ?? ""),
    called,
    args: rest.slice(1),
    assigned,
    ...redirected,
  };
}

/** A program's name without its folder, version and `.exe`: `/usr/bin/python3.12` → `python`. */
export function programName(called: string): string {
  if (/^[a-z_-]*$/.test(called)) return called;
  if (/^\$\{?(?:SHELL|BASH)\}?$/.test(called)) return "sh";
  const name = called.slice(Math.max(called.lastIndexOf("/"), called.lastIndexOf("\\")) + 1);
  const plain = name.toLowerCase().replace(/\.exe$/, "");
  return /^(node|perl|php|python|ruby)[\d.]*$/.exec(plain)?.[1] ?? (plain === "" ? called : plain);
}

/** Programs that start another, with their options that take a value. */
const PREFIXES: ReadonlyMap<string, readonly string[]> = new Map([
  ["busybox", []],
  ["builtin", []],
  ["command", []],
  ["coproc", []],
  ["doas", ["-u"]],
  ["env", ["-u", "-C"]],
  ["exec", ["-a"]],
  ["nice", ["-n"]],
  ["nohup", []],
  ["setsid", []],
  ["stdbuf", ["-i", "-o", "-e"]],
  ["sudo", ["-u", "-g", "-p", "-C", "-h", "-D", "-R", "-T", "-U", "-r", "-t"]],
  ["time", ["-f", "-o"]],
  ["timeout", ["-k", "-s"]],
  ["xargs", ["-a", "-d", "-E", "-I", "-L", "-n", "-P", "-s"]],
]);

const ASSIGNMENT = /^[A-Za-z_]\w*\+?=/;
const DECLARING = new Set(["export", "local", "readonly", "declare", "typeset"]);

type Redirected = Pick<ShellProgram, "targets" | "input" | "inputFiles">;

function sortWords({
  words,
}: Pick<ShellCommand, "words">): Redirected & { readonly plain: readonly Argument[] } {
  const plain: Argument[] = [];
  const targets: string[] = [];
  const input: Argument[] = [];
  const inputFiles: string[] = [];
  for (const [index, { text, isRedirection }] of words.entries()) {
    const before = words[index - 1];
    if (isRedirection) continue;
    if (!before?.isRedirection) plain.push({ text, word: index });
    else if (before.text === "<<<") input.push({ text, word: index });
    else if (before.text === "<") inputFiles.push(text);
    else if (isFile(before.text, text)) targets.push(text);
  }
  return { plain, targets, input, inputFiles };
}

// `> file`, `>& file`; not `2>&1`, `2>&-`
function isFile(operator: string, text: string): boolean {
  return operator === ">&" ? !/^(?:\d+-?|-)$/.test(text) : operator.startsWith(">");
}

function withoutPrefixes(words: readonly Argument[]): {
  readonly assigned: readonly Argument[];
  readonly rest: readonly Argument[];
} {
  const assigned: Argument[] = [];
  let at = 0;
  for (let word = words[at]; word; word = words[at]) {
    const name = programName(word.text);
    const options = PREFIXES.get(name);
    if (ASSIGNMENT.test(word.text)) {
      assigned.push(word);
      at += 1;
    } else if (word.text.startsWith("$") && words[at + 1]?.text === "=") {
      // PowerShell: `$text = irm …`, `$env:TEXT = irm …`
      const name = word.text.slice(word.text.lastIndexOf(":") + 1 || 1);
      assigned.push({ ...word, text: `${name}=${words[at + 2]?.text ?? ""}` });
      at += 2;
    } else if (DECLARING.has(name)) at = afterOptions(words, at + 1, []);
    else if (options) at = afterOptions(words, at + 1, options) + (name === "timeout" ? 1 : 0);
    else break;
  }
  return { assigned, rest: words.slice(at) };
}

function afterOptions(
  words: readonly Argument[],
  start: number,
  withValue: readonly string[],
): number {
  let at = start;
  for (let text = words[at]?.text; text?.startsWith("-"); text = words[at]?.text) {
    at += withValue.includes(text) ? 2 : 1;
  }
  return at;
}
