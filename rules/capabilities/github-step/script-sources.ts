import { type Address, addressIn } from "../shell/address.ts";
import { encodedSource, isFull, mergeSources, type Sources, sourceAt } from "./remote-sources.ts";
import type { Script, ScriptCommand } from "./step-script.ts";

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
  /** For each command, the last one before it that carries something else. */
  readonly #before: number[] = [];
  /** For each command, the first one from it on whose own words hold a URL. */
  readonly #nextUrl: readonly number[];

  constructor(script: Script) {
    this.#script = script;
    this.#nextUrl = nextUrls(script);
  }

  follow(index: number): void {
    const command = this.#script[index];
    if (!command) return;
    const read = this.#sourcesIn(command.reads);
    const carried =
      (read && isFull(read) ? read : merged(read, this.#download(command, index))) ??
      this.#decoded(command, index) ??
      this.#variableIn(command);
    if (carried) {
      this.#carry(index, carried);
      this.#assign(command, carried);
    }
    this.#note(index);
  }

  readBy(command: number): Sources | undefined {
    return this.#sourcesIn(this.#script[command]?.reads ?? null);
  }

  heldBy(command: number, word: number): Sources | undefined {
    return this.#held.get(wordKey(command, word)) ?? this.#variableOf(this.#script[command], word);
  }

  #note(index: number): void {
    const before = this.#latest[index - 1] ?? -1;
    const isNew = this.carried[before] !== this.carried[index];
    this.#latest.push(this.carried[index] ? index : before);
    this.#before.push(isNew ? before : (this.#before[before] ?? -1));
  }

  #sourcesIn(range: ScriptCommand["reads"]): Sources | undefined {
    if (!range) return undefined;
    let found: Sources | undefined;
    let at = this.#latest[Math.min(range.to, this.#latest.length) - 1] ?? -1;
    for (let runs = 0; at >= range.from && runs < MAX_RUNS; runs += 1) {
      found = merged(this.carried[at], found);
      at = this.#before[at] ?? -1;
    }
    return at < range.from ? found : merged(found, [sourceAt(null, at)]);
  }

  // Up to the command whose word it all ends in; what a word holds, all above it hold.
  #carry(index: number, sources: Sources): void {
    let at = index;
    for (;;) {
      this.carried[at] = merged(this.carried[at], sources);
      const within = this.#script[at]?.within;
      if (!within) return;
      const key = wordKey(within.command, within.word);
      const known = this.#held.get(key);
      const held = merged(known, sources) ?? [];
      if (held === known) return;
      this.#held.set(key, held);
      this.#assignWord(within.command, within.word, held);
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
    const sources = targets.map(({ address, savedAs }) => ({
      ...sourceAt(address ?? this.#addressBehind(index), index),
      savedAs,
    }));
    return mergeSources([], sources);
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
    return [encodedSource({ from, to: index + 1 })];
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

/** How many runs of commands that hand on the same are looked at in one group. */
const MAX_RUNS = 100;

/** How many commands of a pipe say what encoded text is. */
const MAX_COMMANDS = 20;

function merged(one: Sources | undefined, other: Sources | undefined): Sources | undefined {
  return one && other ? mergeSources(one, other) : (one ?? other);
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
