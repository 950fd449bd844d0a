import { mergeTaints, passThrough, type Taint } from "./taint.ts";
import type { Script, ScriptCommand } from "../step-script.ts";
import { addWritten } from "./written-values.ts";

/** The texts of others that a shell's variables hold: those that it is given, then its own. */
export class TaintedVariables {
  readonly #given: (name: string) => readonly Taint[];
  readonly #harmless: RegExp | null;
  /** By names in upper case: PowerShell takes any letters. */
  readonly #own = new Map<string, readonly Taint[]>();

  /** `harmless` are the ways to write a variable that hand nothing on. */
  constructor(given: (name: string) => readonly Taint[], harmless: RegExp | null = null) {
    this.#given = given;
    this.#harmless = harmless;
  }

  /** What the variables in a text hold, each as having come through `$NAME`. */
  in(text: string): readonly Taint[] {
    if (!text.includes("$")) return [];
    const read = this.#harmless ? text.replace(this.#harmless, " ") : text;
    const names = new Set(Array.from(read.matchAll(VARIABLE), ([, name = ""]) => name));
    return mergeTaints(
      Array.from(names, (name) => [
        ...passThrough(this.#given(name), `$${name}`),
        ...(this.#own.get(name.toUpperCase()) ?? []),
      ]),
    );
  }

  assign(name: string, taints: readonly Taint[]): void {
    addWritten(this.#own, name.toUpperCase(), taints);
  }
}

// `$T`, `${T:-else}`, `$env:T`; not `${T@Q}`, which is quoted for a shell, nor `${#T}`.
const VARIABLE = /\$(?:env:|\{(?:env:)?)?([a-z_]\w*)(?!\w|@Q)/gi;

/**
 * Follows texts of others from variables through a script: what prints them hands them on to
 * pipes, substitutions and other variables. A guess: whatever a pipe does with them, and
 * whatever order a run takes.
 */
export class TaintFlow {
  readonly #script: Script;
  readonly #variables: TaintedVariables;
  readonly #passesOn: PassesOn | null;
  readonly #isPiped: readonly boolean[];
  /** By the command's place. */
  readonly #printed = new Map<number, readonly Taint[]>();
  /** By the command's place, then the word's: what is put in it by substitution. */
  readonly #substituted = new Map<number, Map<number, readonly Taint[]>>();
  /** For each command the last one up to it that prints an outsider's text, or else any. */
  readonly #latest: { readonly any: number; readonly outsider: number }[] = [];

  /** What `passesOn` refuses hands on nothing; without it every command passes all on. */
  constructor(script: Script, variables: TaintedVariables, passesOn: PassesOn | null = null) {
    this.#script = script;
    this.#variables = variables;
    this.#passesOn = passesOn;
    this.#isPiped = pipedIn(script);
    script.forEach((command, index) => {
      this.#follow(command, index);
    });
  }

  /** What a command prints, into a file as well. */
  printedBy(index: number): readonly Taint[] {
    return this.#printed.get(index) ?? [];
  }

  /** What a command reads through a pipe. */
  readBy(index: number): readonly Taint[] {
    const range = this.#script[index]?.reads;
    const latest = range && this.#latest[Math.min(range.to, this.#latest.length) - 1];
    if (!latest) return [];
    const printing = [latest.outsider, latest.any].filter((at) => at >= range.from);
    return mergeTaints(printing.map((at) => this.#printed.get(at) ?? []));
  }

  /** What a word of a command holds, in variables or by substitution. */
  heldBy(index: number, word: number): readonly Taint[] {
    const text = this.#script[index]?.expanding[word] ?? "";
    return mergeTaints([this.#variables.in(text), this.substitutedIn(index, word)]);
  }

  /** What commands in a word of a command print into it. */
  substitutedIn(index: number, word: number): readonly Taint[] {
    return this.#substituted.get(index)?.get(word) ?? [];
  }

  /** What here documents hand to a command, whose variables the shell has put in place. */
  documentsOf({ heredocs }: ScriptCommand): readonly Taint[] {
    const texts = heredocs.filter(({ expands }) => expands).map(({ text }) => text);
    return mergeTaints(texts.map((text) => this.#variables.in(text.replace(/\\./g, "'"))));
  }

  #follow(command: ScriptCommand, index: number): void {
    const read = this.readBy(index);
    this.#assign(command, index, read);
    if (this.#passesOn?.(command, index) !== false) this.#printAll(command, index, read);
    const before = this.#latest[index - 1] ?? { any: -1, outsider: -1 };
    const own = this.#printed.get(index) ?? [];
    this.#latest.push({
      any: own.length > 0 ? index : before.any,
      outsider: own.some(isOutsiders) ? index : before.outsider,
    });
  }

  #printAll(command: ScriptCommand, index: number, read: Texts): void {
    // PowerShell: `"NAME=$env:T" >> file`
    const isText = !command.called && (command.targets.length > 0 || this.#isPiped[index] === true);
    const words =
      isText || prints(command) ? command.written.keys() : command.input.map(({ word }) => word);
    const printed = Array.from(words, (word) => this.heldBy(index, word));
    this.#print(index, mergeTaints([read, this.documentsOf(command), ...printed]));
  }

  #assign(
    { assigned, name, args, written, input }: ScriptCommand,
    index: number,
    read: Texts,
  ): void {
    for (const { text, word } of assigned) {
      // PowerShell: `$text = $env:T`
      const words = written[word]?.startsWith("$") ? written.keys() : [word];
      const taints = Array.from(words, (at) => this.heldBy(index, at));
      this.#variables.assign(variableName(text), mergeTaints(taints));
    }
    if (!READING.test(name)) return;
    const handed = mergeTaints([read, ...input.map(({ word }) => this.heldBy(index, word))]);
    for (const { text } of args) this.#variables.assign(text, handed);
  }

  // Up to the command whose word it all ends in, as long as that adds something there.
  #print(index: number, taints: readonly Taint[]): void {
    for (let at = index, printed = taints; printed.length > 0;) {
      const known = this.#printed.get(at) ?? [];
      printed = mergeTaints([known, printed]);
      if (printed.every(({ path }, place) => path === known[place]?.path)) return;
      this.#printed.set(at, printed);
      const within = this.#script[at]?.within;
      // Where not all is passed on, what ends in the word is what the pipe's last command prints.
      if (!within || (this.#passesOn && this.#isPiped[at])) return;
      this.#substitute(within.command, within.word, printed);
      const around = this.#script[within.command];
      if (!around || !(prints(around) || around.within)) return;
      at = within.command;
    }
  }

  #substitute(index: number, word: number, taints: readonly Taint[]): void {
    const words = this.#substituted.get(index) ?? new Map<number, readonly Taint[]>();
    this.#substituted.set(index, words);
    words.set(word, mergeTaints([words.get(word) ?? [], taints]));
    const assigned = this.#script[index]?.assigned.find((item) => item.word === word);
    if (assigned) this.#variables.assign(variableName(assigned.text), taints);
  }
}

type Texts = readonly Taint[];

type PassesOn = (command: ScriptCommand, index: number) => boolean;

/** For each command whether another one reads what it prints. */
function pipedIn(script: Script): boolean[] {
  const opened = new Map<number, number>();
  for (const { reads } of script) {
    if (!reads) continue;
    opened.set(reads.from, (opened.get(reads.from) ?? 0) + 1);
    opened.set(reads.to, (opened.get(reads.to) ?? 0) - 1);
  }
  let open = 0;
  return script.map((_command, index) => (open += opened.get(index) ?? 0) > 0);
}

const READING = /^(?:read|mapfile|readarray)$/;

const PRINTING =
  /^(?:echo|printf|print|write-output|add-content|set-content|basename|dirname|realpath)$/;

// `printf %q` quotes for a shell.
function prints(command: ScriptCommand): boolean {
  const { name, args } = command;
  if (name === "printf") return !args[0]?.text.includes("%q");
  return PRINTING.test(name) || isValue(command);
}

// PowerShell prints a value that stands alone: `$text`, `"git switch $text"`. Where a shell is not
// told, `"git switch $env:T"` is PowerShell, and what a variable calls may print.
function isValue({ called, written, dialect }: ScriptCommand): boolean {
  if (!called) return false;
  const value = dialect === "powershell" ? /[\s$]/ : /\$\{?env:/i;
  return value.test(written[called.word] ?? "") || called.text.startsWith("$");
}

function isOutsiders({ level }: Taint): boolean {
  return level === "outsider";
}

function variableName(assignment: string): string {
  return assignment.slice(0, assignment.search(/\+?=/));
}
