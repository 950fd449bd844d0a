import { NotUnderstood } from "../not-understood.ts";

/** Whose words count, where shells differ: bash's, or those alone that POSIX has as well. */
export type Shell = "bash" | "sh";

/** How often a search for closers goes over each character of a script, on average. */
const MAX_PASSES = 20;

/** Whether a script can have a here document for the one shell that is none for the other. */
export function readsOtherwise(text: string): boolean {
  return text.includes("<<") && /\(\(|[\w$]\[/.test(text);
}

/**
 * Where in a script `<<` begins no here document: in `((1 << 2))`, with or without `$` before it,
 * in `${text#<<}`, `$[1 << 2]` and `list[1 << 2]=`.
 *
 * Source: the bash manual, "Arithmetic Expansion", "Shell Parameter Expansion" and "Arrays".
 */
export class RawRanges {
  readonly #text: string;
  readonly #opening: RegExp;
  #searched = 0;

  constructor(text: string, shell: Shell) {
    this.#text = text;
    this.#opening = OPENINGS[shell];
  }

  /**
   * Where the range that begins at an offset has its closer, null where none begins. One that
   * nothing closes, which no shell runs, goes on to the end. Two parentheses that do not end as
   * one, `((a) | b)`, are two groups. Throws `NotUnderstood` where ranges lie in too many others.
   */
  endAt(at: number): number | null {
    this.#opening.lastIndex = at;
    const opening = this.#opening.exec(this.#text)?.[0];
    if (opening === undefined) return null;
    const end = this.#closerOf(at + opening.length - 1);
    const next = this.#text.slice(end + 1, end + 3);
    const isRange = opening.endsWith("(")
      ? next.startsWith(")")
      : opening.startsWith("$") || /^\+?=/.test(next);
    return isRange || end === this.#text.length ? end : null;
  }

  #closerOf(start: number): number {
    const opener = this.#text[start] ?? "";
    const closer = CLOSERS[opener];
    let depth = 0;
    let quote = "";
    for (let at = start; at < this.#text.length; at += 1) {
      this.#count();
      const character = this.#text[at] ?? "";
      const dollar = this.#text[at - 1] === "$" ? "$" : "";
      if (character === "\\" && quote !== "'") at += 1;
      else if (quote !== "") quote = quote.endsWith(character) ? "" : quote;
      else if (character === "'" || character === '"') quote = dollar + character;
      else if (character === opener && (opener !== "{" || dollar)) depth += 1;
      else if (character === closer) depth -= 1;
      if (depth === 0) return at;
    }
    return this.#text.length;
  }

  #count(): void {
    this.#searched += 1;
    if (this.#searched > MAX_PASSES * this.#text.length) {
      throw new NotUnderstood("too-deep", "a script nested too deep");
    }
  }
}

const OPENINGS: Readonly<Record<Shell, RegExp>> = {
  bash: /\$?\(\(|\$\{|\$\[|[A-Za-z_]\w*\[/y,
  sh: /\$\(\(|\$\{/y,
};
const CLOSERS: Readonly<Record<string, string>> = { "(": ")", "{": "}", "[": "]" };
