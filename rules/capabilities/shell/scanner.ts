import { canonicalExpression } from "../github-expression/canonical-expression.ts";
import { type EmbeddedExpression, embeddedIn } from "../github-expression/embedded.ts";
import { type AwaitedHeredoc, readDelimiter, readHeredoc } from "./heredoc.ts";
import type { OpenCommand, Quote } from "./frame.ts";
import { ShellLists } from "./lists.ts";
import { RawRanges, type Shell } from "./raw-ranges.ts";
import type { Dialect, ShellCommand } from "./command.ts";

const PLAIN = {
  posix: /[^\s'"\\`$()<>|&;#]+/y,
  powershell: /[^\s'"`$()<>|&;#{}]+/y,
};
const PLAIN_IN_QUOTES = /[^"\\`$\n]+/y;
const PLAIN_IN_SINGLE_QUOTES = /[^'$\n]+/y;

const SUBSTITUTIONS = ["$(", "<(", ">("];

interface Reading {
  /** What the text stands in; nothing by default. */
  readonly quote?: Quote;
  readonly shell?: Shell;
}

/** Goes through a script's characters once; `readShell` describes what comes out. */
export class ShellScanner {
  readonly #text: string;
  readonly #dialect: Dialect;
  readonly #lists: ShellLists;
  readonly #ranges: RawRanges;
  /** By where they start. */
  readonly #expressions: ReadonlyMap<number, EmbeddedExpression>;
  readonly #awaited: { readonly command: OpenCommand; readonly heredoc: AwaitedHeredoc }[] = [];
  #at = 0;
  #row = 0;
  /** There is no single quote from here on: no search to the end is made twice. */
  #quotesEnded = false;

  constructor(text: string, dialect: Dialect, { quote = "", shell = "bash" }: Reading) {
    this.#text = text;
    this.#dialect = dialect;
    this.#lists = new ShellLists(quote);
    this.#ranges = new RawRanges(text, shell);
    this.#expressions = new Map(embeddedIn(text).map((found) => [found.start, found]));
  }

  scan(): ShellCommand[] {
    while (this.#at < this.#text.length) {
      if (this.#takeExpression()) continue;
      const { quote } = this.#lists;
      if (quote === "") this.#scanPlain();
      else if (quote === "'") this.#scanSingleQuoted();
      else this.#scanQuoted();
    }
    this.#lists.closeAll();
    return this.#lists.commands;
  }

  // GitHub fills `${{ }}` in before any shell reads the script: quotes in it quote nothing.
  #takeExpression(): boolean {
    const expression = this.#expressions.get(this.#at);
    if (!expression) return false;
    const { start, end, inner } = expression;
    this.#lists.append(`\${{${canonicalExpression(inner)}}}`, this.#row);
    this.#row += newlinesIn(this.#text.slice(start, end));
    this.#at = end;
    return true;
  }

  #scanQuoted(): void {
    const plain = match(PLAIN_IN_QUOTES, this.#text, this.#at);
    const character = this.#text[this.#at] ?? "";
    if (plain) this.#take(plain);
    else if (character === this.#lists.quote) this.#setQuote("", 1);
    else if (this.#isEscape(character)) this.#takeEscaped(true);
    else if (this.#startsWith("$(")) this.#openInWord(")", 2);
    else if (character === "`") this.#backtick();
    else this.#take(character);
  }

  #scanSingleQuoted(): void {
    const plain = match(PLAIN_IN_SINGLE_QUOTES, this.#text, this.#at);
    const character = this.#text[this.#at] ?? "";
    if (character === "'") this.#setQuote("", 1);
    else this.#take(plain || character, "'");
  }

  #scanPlain(): void {
    const plain = match(PLAIN[this.#dialect], this.#text, this.#at);
    const character = this.#text[this.#at] ?? "";
    if (character === "$" || this.#lists.isAssigning) this.#markRaw();
    if (plain) this.#take(plain);
    else if (!this.#scanQuoting(character) && !this.#scanOperator(character)) this.#take(character);
  }

  #scanQuoting(character: string): boolean {
    if (this.#isEscape(character)) this.#takeEscaped(false);
    else if (character === "`") this.#backtick();
    else if (character === "'" || this.#startsWith("$'")) this.#openSingleQuotes();
    else if (character === '"') this.#setQuote('"', 1);
    else if (SUBSTITUTIONS.some((opener) => this.#startsWith(opener))) this.#openInWord(")", 2);
    else return false;
    return true;
  }

  #scanOperator(character: string): boolean {
    if (character === "\n") this.#endLine();
    else if (/\s/.test(character)) this.#skipSpace();
    else if (character === "(") this.#open(")");
    else if (character === ")") this.#close(")");
    else if (character === "{") this.#open("}");
    else if (character === "}") this.#close("}");
    else if ("<>".includes(character)) this.#redirect();
    else if (character === "#" && !this.#lists.isInWord) this.#skipComment();
    else if (character === "&" && this.#text[this.#at + 1] === ">") this.#at += 1;
    else if (";&|".includes(character)) this.#separate(character);
    else return false;
    return true;
  }

  #startsWith(text: string): boolean {
    return this.#text.startsWith(text, this.#at);
  }

  #isEscape(character: string): boolean {
    return character === (this.#dialect === "posix" ? "\\" : "`");
  }

  #take(text: string, expanding = text): void {
    this.#lists.append(text, this.#row, expanding);
    if (text === "\n") this.#row += 1;
    this.#at += text.length;
  }

  #takeEscaped(inQuotes: boolean): void {
    const next = this.#text[this.#at + 1] ?? "";
    if (next === "\n") this.#row += 1;
    else {
      const keepsBackslash = inQuotes && this.#dialect === "posix" && !'$`"\\'.includes(next);
      this.#lists.append(keepsBackslash ? `\\${next}` : next, this.#row, "'");
      this.#lists.quoteWord();
    }
    this.#at += 2;
  }

  // A quote that nothing closes is an apostrophe, as in text of another language.
  #openSingleQuotes(): void {
    const start = this.#at + (this.#startsWith("$") ? 2 : 1);
    this.#quotesEnded ||= !this.#text.includes("'", start);
    if (this.#quotesEnded) this.#take(this.#text.slice(this.#at, start));
    else this.#setQuote("'", start - this.#at);
  }

  #setQuote(quote: Quote, width: number): void {
    this.#lists.append("", this.#row);
    this.#lists.quote = quote;
    this.#at += width;
  }

  #backtick(): void {
    if (this.#lists.isOpen("`")) this.#close("`");
    else this.#openInWord("`", 1);
  }

  #openInWord(closer: string, width: number): void {
    this.#lists.openInWord(closer, this.#row, this.#ranges.endAt(this.#at) ?? 0);
    this.#at += width;
  }

  #open(closer: string): void {
    this.#lists.open(closer, this.#row);
    this.#markRaw();
    this.#at += 1;
  }

  /** From here on, where the innermost list is not already so. */
  #markRaw(): void {
    if (this.#lists.isRaw(this.#at) || this.#startsWith("$(")) return;
    this.#lists.markRaw(this.#ranges.endAt(this.#at) ?? 0);
  }

  #close(closer: string): void {
    this.#lists.close(closer);
    this.#at += 1;
  }

  #skipSpace(): void {
    this.#lists.endWord();
    this.#at += 1;
  }

  #skipComment(): void {
    const end = this.#text.indexOf("\n", this.#at);
    this.#at = end < 0 ? this.#text.length : end;
  }

  #separate(character: string): void {
    const next = this.#text[this.#at + 1];
    const isDoubled = next === character;
    const isPipe = character === "|" && !isDoubled;
    if (isPipe) this.#lists.pipe();
    else this.#lists.endCommand();
    this.#at += isDoubled || (isPipe && next === "&") ? 2 : 1;
  }

  // `2>&1`, `>> file`, `<<< "$text"`, `<<-'EOF'`
  #redirect(): void {
    const isRaw = this.#lists.isRaw(this.#at);
    const operator = match(/<<<|<<-?|>>|>\||>&|<&|<>|[<>]/y, this.#text, this.#at);
    const command = this.#lists.redirect(operator, this.#row);
    this.#at += operator.length;
    const isHeredoc = operator === "<<" || operator === "<<-";
    const read = isHeredoc && this.#dialect === "posix" && !isRaw;
    const awaited = read ? readDelimiter(this.#text, this.#at, operator) : null;
    if (!awaited) return;
    this.#lists.append(awaited.heredoc.delimiter, this.#row);
    this.#at += awaited.width;
    this.#awaited.push({ command, heredoc: awaited.heredoc });
  }

  #endLine(): void {
    this.#lists.endLine();
    this.#at += 1;
    this.#row += 1;
    for (const { command, heredoc } of this.#awaited.splice(0)) {
      const { body, next } = readHeredoc(this.#text, this.#at, heredoc);
      command.heredocs.push({ text: body, row: this.#row, expands: heredoc.expands });
      this.#row += newlinesIn(this.#text.slice(this.#at, next));
      this.#at = next;
    }
  }
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}

function newlinesIn(text: string): number {
  return text.split("\n").length - 1;
}
