import { TextPlaces } from "../data/text-places.ts";
import { NotUnderstood } from "../not-understood.ts";

/** How deep blocks, expressions and template directives nest at most, each within another. */
const MAX_DEPTH = 100;

const SPACES = /[ \t]+/y;
const NEWLINE = /\r?\n/y;
const PATTERNS = {
  identifier: /[\p{ID_Start}_][\p{ID_Continue}-]*/uy,
  number: /[0-9](?:\.*(?:[0-9]|[eE][+-]?[0-9]))*/y,
  newline: NEWLINE,
  heredoc: /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy,
  symbol: /\.\.\.|::|=>|==|!=|<=|>=|&&|\|\||~\}|[-+*/%<>!?:=.,()[\]{}"]/y,
};

export interface Token {
  readonly kind: "identifier" | "number" | "symbol" | "heredoc" | "newline" | "end";
  readonly text: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Takes a text's tokens one by one, and its characters within strings, and knows where it stands.
 *
 * Source: hclsyntax/spec.md of github.com/hashicorp/hcl, "Lexical Elements".
 */
export class HclScanner {
  readonly #text: string;
  readonly #places: TextPlaces;
  #at = 0;
  #depth = 0;
  #peeked: Token | null = null;
  #newlines = true;

  constructor(text: string) {
    this.#text = text;
    this.#places = new TextPlaces(text);
  }

  /** The line of what was taken last. */
  get line(): number {
    return this.#places.at(this.#at).line;
  }

  /** Whether line breaks are tokens, as in bodies and objects; gives what it was. */
  setNewlines(newlines: boolean): boolean {
    const before = this.#newlines;
    this.#newlines = newlines;
    if (before !== newlines) this.#peeked = null;
    return before;
  }

  peek(): Token {
    return (this.#peeked ??= this.#scan());
  }

  read(): Token {
    const token = this.peek();
    this.#peeked = null;
    this.#at = token.end;
    return token;
  }

  /** Whether the next token is this symbol, or this word. */
  isNext(text: string): boolean {
    const token = this.peek();
    return token.text === text && (token.kind === "symbol" || token.kind === "identifier");
  }

  /** Takes the next token if it is this symbol or word. */
  skip(text: string): boolean {
    const found = this.isNext(text);
    if (found) this.read();
    return found;
  }

  expect(text: string): Token {
    if (!this.isNext(text)) throw this.refuse();
    return this.read();
  }

  expectIdentifier(): string {
    if (this.peek().kind !== "identifier") throw this.refuse();
    return this.read().text;
  }

  /** Takes what matches here, which `pattern` (sticky) shall not look for elsewhere; "" where nothing does. */
  takeText(pattern: RegExp): string {
    const text = match(pattern, this.#text, this.#at) ?? "";
    this.#at += text.length;
    return text;
  }

  /** The rest of the line without its break, which stays; null where the text ends before a break. */
  restOfLine(): string | null {
    const end = this.#text.indexOf("\n", this.#at);
    return end === -1 ? null : this.#text.slice(this.#at, end).replace(/\r$/u, "");
  }

  /** Goes one deeper, for as long as `leave` is not called. */
  enter(): void {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw this.#refusal("too-deep", "nested too deep", this.#at);
  }

  leave(): void {
    this.#depth -= 1;
  }

  /** Says that the next token does not belong there. */
  refuse(): NotUnderstood {
    return this.#refusal("not-hcl", "not valid HCL: something else must stand here", this.#next());
  }

  /** Says what is wrong with what was taken last. */
  refuseLast(code: string, why: string): NotUnderstood {
    return this.#refusal(code, why, this.#at);
  }

  #next(): number {
    return this.#peeked?.start ?? this.#at;
  }

  #refusal(code: string, why: string, at: number): NotUnderstood {
    return new NotUnderstood(code, why, this.#places.at(at));
  }

  #scan(): Token {
    const start = this.#skipSpaces();
    const { line } = this.#places.at(start);
    if (start >= this.#text.length) return { kind: "end", text: "", line, start, end: start };
    for (const kind of kindsOf(this.#text.charAt(start))) {
      const text = match(PATTERNS[kind], this.#text, start);
      if (text !== null) return { kind, text, line, start, end: start + text.length };
    }
    this.#at = start;
    throw this.refuseLast("not-hcl", "not valid HCL: a character that means nothing here");
  }

  #skipSpaces(): number {
    let start = this.#at;
    for (;;) {
      const before = start;
      if (!mayBeSkipped(this.#text.charCodeAt(start))) return start;
      start += match(SPACES, this.#text, start)?.length ?? 0;
      start = endOfComment(this.#text, start);
      if (!this.#newlines) start += match(NEWLINE, this.#text, start)?.length ?? 0;
      if (start === before) return start;
    }
  }
}

/** What a token that begins with this character can be, in the order to try. */
function kindsOf(character: string): readonly (keyof typeof PATTERNS)[] {
  if (character >= "0" && character <= "9") return ["number"];
  if (character === "\n" || character === "\r") return ["newline"];
  if (character === "<") return ["heredoc", "symbol"];
  return character < "A" || "[]{}|~".includes(character) ? ["symbol"] : ["identifier"];
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** Whether it is a space, a line break, or begins a comment. */
function mayBeSkipped(code: number): boolean {
  return code <= 0x20 || code === 0x23 || code === 0x2f;
}

/** A line's comment ends before its line break. One that is not closed is none: `/` stays, which fits nowhere. */
function endOfComment(text: string, at: number): number {
  if (text.startsWith("#", at) || text.startsWith("//", at)) {
    const end = text.indexOf("\n", at);
    return end === -1 ? text.length : end;
  }
  if (!text.startsWith("/*", at)) return at;
  const end = text.indexOf("*/", at + 2);
  return end === -1 ? at : end + 2;
}
