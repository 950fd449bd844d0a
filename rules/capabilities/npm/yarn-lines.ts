import { NotUnderstood } from "../not-understood.ts";
import { decodeText } from "../data/text.ts";

/** `key value`, or `key, key:` with entries below it, as yarn 1 writes its files. */
export interface YarnEntry {
  readonly keys: readonly string[];
  /** null where entries may stand below. */
  readonly value: string | null;
  readonly line: number;
  readonly entries: readonly YarnEntry[];
}

/** How deep entries stand in real files, and one more. */
const MAX_INDENT = 4;

interface OpenEntry extends YarnEntry {
  readonly entries: OpenEntry[];
}

/**
 * Reads the lines of a `yarn.lock` or `.yarnrc` of yarn 1, a format of its own for which no parser
 * keeps places:
 *
 *     "a@^1", a@^2:
 *       version "1.2.3"
 *       dependencies:
 *         b "^1.0.0"
 *
 * Entries at the top come one by one, so that a large file is never held as a tree. Throws
 * `NotUnderstood` for every line of another form.
 */
export function* readYarnLines(content: Uint8Array, maxBytes: number): Generator<YarnEntry> {
  let open: OpenEntry[][] = [[]];
  for (const { text, line } of linesOf(decodeText(content, maxBytes))) {
    const written = text.trim();
    if (written === "" || written.startsWith("#")) continue;
    const depth = depthOf(text, line);
    const entry = { ...readEntry(written, line), line, entries: [] };
    if (depth === 0) {
      yield* open[0] ?? [];
      open = [[]];
    }
    const siblings = open[depth];
    if (!siblings) throw notRead("entries below no entry", line);
    siblings.push(entry);
    open.length = depth + 1;
    if (entry.value === null) open.push(entry.entries);
  }
  yield* open[0] ?? [];
}

function* linesOf(text: string): Generator<{ readonly text: string; readonly line: number }> {
  let line = 1;
  for (let start = 0; start <= text.length; line += 1) {
    const feed = text.indexOf("\n", start);
    const end = feed === -1 ? text.length : feed;
    yield { text: text.slice(start, end), line };
    start = end + 1;
  }
}

function depthOf(text: string, line: number): number {
  const indent = /^ */.exec(text)?.[0].length ?? 0;
  if (indent % 2 !== 0 || indent / 2 > MAX_INDENT || text[indent] === "\t") {
    throw notRead("an indentation that is none of this format", line);
  }
  return indent / 2;
}

// "a quoted word" or a word
const WORD = /"(?:[^"\\]|\\.)*"|[^\s":,]+/y;
const COMMA = / *, */y;

function readEntry(text: string, line: number): Pick<YarnEntry, "keys" | "value"> {
  const keys: string[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const taken = pattern.exec(text)?.[0] ?? null;
    at += taken?.length ?? 0;
    return taken;
  };
  do {
    const word = take(WORD);
    if (word === null) throw notRead("a line that is none of this format", line);
    keys.push(unquoted(word, line));
  } while (take(COMMA) !== null);
  const rest = text.slice(at);
  if (rest === ":") return { keys, value: null };
  at += /^:? +/.exec(rest)?.[0].length ?? text.length;
  const value = take(WORD);
  if (value === null || at !== text.length) {
    throw notRead("a line that is none of this format", line);
  }
  return { keys, value: unquoted(value, line) };
}

function unquoted(word: string, line: number): string {
  if (!word.startsWith('"')) return word;
  try {
    return String(JSON.parse(word));
  } catch (cause) {
    const why = "a quoted word with an escape that is none";
    throw new NotUnderstood("not-yarn", why, { line, column: 1 }, { cause });
  }
}

function notRead(why: string, line: number): NotUnderstood {
  return new NotUnderstood("not-yarn", why, { line, column: 1 });
}
