import { type Address, addressIn, addressName, isPinned, UNKNOWN_HOST } from "../shell/address.ts";
import type { CommandRange } from "../shell/command.ts";
import type { Script, ScriptCommand } from "./step-script.ts";

/** Where text comes from that nobody sees in the file. */
export interface Source {
  /** A host, with owner and repository on GitHub's, or `encoded text`. */
  readonly name: string;
  readonly level: "pinned" | "mutable";
  readonly row: number;
  /** The commands whose words say what it is, where the name does not. */
  readonly commands: CommandRange | null;
  /** The file that a client of HTTP saves it as. */
  readonly savedAs: string | null;
}

/** What one text is made of; at most a few. */
export type Sources = readonly Source[];

/** Which commands of a script hand on downloaded or decoded text, and which words hold it. */
export interface SourceFlow {
  /** By the command's place. */
  readonly carried: readonly (Sources | undefined)[];
  /** What a command reads through a pipe. */
  readBy(command: number): Sources | undefined;
  /** What a word of a command holds, by substitution or in a variable. */
  heldBy(command: number, word: number): Sources | undefined;
}

/**
 * Follows downloaded and decoded text through a script: pipes, groups, substitutions and
 * variables pass it on, whatever the commands between do with it.
 */
export function followSources(script: Script): SourceFlow {
  const flow = new Flow(script);
  script.forEach((_command, index) => {
    flow.follow(index);
  });
  return flow;
}

class Flow implements SourceFlow {
  readonly carried: (Sources | undefined)[] = [];
  readonly #script: Script;
  readonly #held = new Map<number, Sources>();
  readonly #variables = new Map<string, Sources>();
  /** For each command, the last one up to it that carries something. */
  readonly #latest: number[] = [];
  /** For each command, the first one from it on whose own words hold a URL. */
  readonly #nextUrl: readonly number[];

  constructor(script: Script) {
    this.#script = script;
    this.#nextUrl = nextUrls(script);
  }

  follow(index: number): void {
    const command = this.#script[index];
    if (!command) return;
    const carried =
      this.#sourcesIn(command.reads) ??
      this.#download(command, index) ??
      this.#decoded(command, index) ??
      this.#variableIn(command);
    if (carried) {
      this.#carry(index, carried);
      this.#assign(command, carried);
    }
    this.#latest.push(this.carried[index] ? index : (this.#latest[index - 1] ?? -1));
  }

  readBy(command: number): Sources | undefined {
    return this.#sourcesIn(this.#script[command]?.reads ?? null);
  }

  heldBy(command: number, word: number): Sources | undefined {
    return this.#held.get(wordKey(command, word)) ?? this.#variableOf(this.#script[command], word);
  }

  #sourcesIn(range: ScriptCommand["reads"]): Sources | undefined {
    if (!range) return undefined;
    const latest = this.#latest[Math.min(range.to, this.#latest.length) - 1] ?? -1;
    return latest >= range.from ? this.carried[latest] : undefined;
  }

  // Up to the command whose word it all ends in; what is marked has marked all above it.
  #carry(index: number, sources: Sources): void {
    let at = index;
    for (;;) {
      this.carried[at] ??= sources;
      const within = this.#script[at]?.within;
      if (!within) return;
      const key = wordKey(within.command, within.word);
      if (this.#held.has(key)) return;
      this.#held.set(key, sources);
      this.#assignWord(within.command, within.word, sources);
      at = within.command;
    }
  }

  // `X=$(curl …)`
  #assignWord(command: number, word: number, sources: Sources): void {
    const assigned = this.#script[command]?.assigned.find((item) => item.word === word);
    if (assigned) this.#variables.set(variableName(assigned.text), sources);
  }

  // PowerShell: `$x = irm …`; elsewhere `X=$Y`
  #assign(command: ScriptCommand, sources: Sources): void {
    for (const { text, word } of command.assigned) {
      const isOutput = command.written[word]?.startsWith("$");
      const held = isOutput ? sources : this.#variableOf(command, word);
      if (held) this.#variables.set(variableName(text), held);
    }
  }

  #download(command: ScriptCommand, index: number): Sources | undefined {
    const { request } = command;
    const isCall = /download(?:string|data|file)/i.test(command.called?.text ?? "");
    if (!request && !isCall) return undefined;
    const targets = request?.targets ?? [{ address: null, savedAs: null }];
    const few = targets.slice(0, MAX_TARGETS);
    const rest = targets.length > MAX_TARGETS ? [sourceAt(null, command.row, index)] : [];
    return few
      .map(({ address, savedAs }) => ({
        ...sourceAt(address ?? this.#addressBehind(index), command.row, index),
        savedAs,
      }))
      .concat(rest);
  }

  #addressBehind(index: number): Address | null {
    const next = this.#nextUrl[index] ?? -1;
    const command = this.#script[next];
    const isWithin = next === index || (command?.within?.command ?? -1) >= index;
    return command && isWithin ? addressIn(command.written.find(hasUrl) ?? "") : null;
  }

  #decoded(command: ScriptCommand, index: number): Sources | undefined {
    if (!decodes(command)) return undefined;
    const from = Math.max(command.reads?.from ?? index, index - MAX_COMMANDS);
    const commands = { from, to: index + 1 };
    return [{ name: ENCODED, level: "mutable", row: command.row, commands, savedAs: null }];
  }

  #variableIn(command: ScriptCommand): Sources | undefined {
    for (const word of command.written.keys()) {
      const sources = this.#variableOf(command, word);
      if (sources) return sources;
    }
    return undefined;
  }

  #variableOf(command: ScriptCommand | undefined, word: number): Sources | undefined {
    const text = this.#variables.size === 0 ? "" : (command?.written[word] ?? "");
    for (const [name] of text.matchAll(VARIABLE)) {
      const sources = this.#variables.get(name.toLowerCase());
      if (sources) return sources;
    }
    return undefined;
  }
}

// Both names of `$env:x`, which is `$x` and a text to other shells.
const VARIABLE = /(?<=\$\{?(?:\w+:)?)[a-z_]\w*/gi;

/** How text is called that is only decoded. */
export const ENCODED = "encoded text";

/** How many places of one command are told apart; all others are one that nobody knows. */
const MAX_TARGETS = 20;

/** How many commands of a pipe say what encoded text is. */
const MAX_COMMANDS = 20;

export function sourceAt(address: Address | null, row: number, index: number): Source {
  if (address?.host == null) {
    const commands = { from: index, to: index + 1 };
    return { name: UNKNOWN_HOST, level: "mutable", row, commands, savedAs: null };
  }
  const level = isPinned(address) ? "pinned" : "mutable";
  return { name: addressName(address), level, row, commands: null, savedAs: null };
}

// `base64 -d`, `base64 --dec`, `openssl enc -d`, `xxd -r`, `[Convert]::FromBase64String(…)`
function decodes({ name, args }: ScriptCommand): boolean {
  const has = (option: RegExp): boolean => args.some(({ text }) => option.test(text));
  if (name === "base64" || name === "base32") return has(/^(?:-[a-z]*d[a-z]*|-D|--d[a-z]*)$/);
  if (name === "openssl") return has(/^-d$/);
  if (name === "xxd") return has(/^-[a-z]*r/);
  return name.includes("frombase64string");
}

function wordKey(command: number, word: number): number {
  return command * MAX_WORDS + word;
}

/** More than a script of the largest size has words. */
const MAX_WORDS = 2 ** 24;

function hasUrl(text: string): boolean {
  return text.includes("://");
}

function variableName(assignment: string): string {
  return assignment.slice(0, assignment.search(/\+?=/)).toLowerCase();
}

function nextUrls(script: Script): number[] {
  const next: number[] = [];
  let latest = -1;
  for (let index = script.length - 1; index >= 0; index -= 1) {
    if (script[index]?.written.some(hasUrl)) latest = index;
    next.push(latest);
  }
  return next.reverse();
}
