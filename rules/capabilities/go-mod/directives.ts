import { decodeText } from "../data/text.ts";
import { NotUnderstood } from "../not-understood.ts";

/** One directive of a `go.mod` or `go.work`: `require example.com/a v1.2.3 // indirect`. */
export interface GoDirective {
  readonly verb: string;
  /** What stands behind the verb, unquoted. */
  readonly words: readonly string[];
  /** What stands behind `//` on its line. */
  readonly comment: string;
  /** 1-based. */
  readonly line: number;
}

/**
 * The directives of a `go.mod` or `go.work`, each in a line of its own or in a block of its verb.
 * Throws `NotUnderstood` for what Go's own parser refuses.
 *
 * Source: go.dev/ref/mod#go-mod-file-grammar.
 */
export function readGoDirectives(content: Uint8Array, maxBytes: number): GoDirective[] {
  const directives: GoDirective[] = [];
  let block: string | null = null;
  const rows = decodeText(content, maxBytes).split(/\r?\n/);
  for (const [index, row] of rows.entries()) {
    const line = index + 1;
    const { words, comment } = readRow(row, line);
    const [first, ...rest] = words;
    if (first === undefined) continue;
    if (block !== null) {
      if (first === ")" && rest.length === 0) block = null;
      else directives.push({ verb: block, words: texts(words, line), comment, line });
    } else if (rest.length === 1 && rest[0] === "(") block = first;
    else if (rest.join(" ") !== "( )") {
      directives.push({ verb: first, words: texts(rest, line), comment, line });
    }
  }
  if (block === null) return directives;
  throw refusal("a block that is not closed", rows.length);
}

// A comment, a mark, a string, or a word, which ends before a comment
const LEXEME = /\/\/.*$|\s+|=>|[()[\],]|"(?:[^"\\]|\\.)*"|`[^`]*`|(?:(?!\/\/|=>)[^\s()[\],"`])+/y;

function readRow(row: string, line: number): { words: string[]; comment: string } {
  const words: string[] = [];
  const lexeme = new RegExp(LEXEME);
  while (lexeme.lastIndex < row.length) {
    const [text] = lexeme.exec(row) ?? [];
    if (text === undefined) throw refusal("no word of Go's", line);
    if (text.startsWith("//")) return { words, comment: text.slice("//".length).trim() };
    if (text.startsWith("/*")) throw refusal("a comment that Go does not know", line);
    if (text.trim() !== "") words.push(text);
  }
  return { words, comment: "" };
}

function texts(words: readonly string[], line: number): string[] {
  return words.map((word) => {
    if (word === "(" || word === ")") throw refusal("a bracket at the wrong place", line);
    if (word.startsWith("`")) return word.slice(1, -1);
    return word.startsWith('"') ? unquoted(word, line) : word;
  });
}

/** Only what a path or a version can hold is written without escapes. */
function unquoted(word: string, line: number): string {
  if (word.includes("\\")) throw refusal("a string with an escape", line);
  return word.slice(1, -1);
}

function refusal(why: string, line: number): NotUnderstood {
  return new NotUnderstood("go-syntax", why, { line, column: 1 });
}
