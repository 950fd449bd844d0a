import { embeddedIn } from "../github-expression/embedded.ts";

/** A word of a command line without its quotes, and where it begins. */
export interface Word {
  readonly text: string;
  readonly offset: number;
}

/** Who takes a text apart: a shell, or a process that is handed its arguments in one line. */
export type Splitting = "shell" | "process";

/**
 * The words of a container's options: parted by white space, but for what stands in quotes or
 * between `${{` and `}}`. GitHub's runner has no shell read them: to a `process` single quotes are
 * characters, and a backslash counts in front of a double quote alone. Runners of other making may.
 *
 * Source: `DockerCommandManager.cs` of github.com/actions/runner; `ProcessStartInfo.Arguments` of .NET.
 */
export function optionWords(text: string, splitting: Splitting): Word[] {
  const ends = new Map(embeddedIn(text).map(({ start, end }) => [start, end]));
  const words: Word[] = [];
  for (let at = 0; at < text.length;) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const { word, end } = readWord(text, at, { ends, splitting });
    words.push({ text: word, offset: at });
    at = end;
  }
  return words;
}

interface Reading {
  readonly ends: ReadonlyMap<number, number>;
  readonly splitting: Splitting;
}

function readWord(text: string, start: number, { ends, splitting }: Reading) {
  const quotes = splitting === "shell" ? /["']/ : /"/;
  const pieces: string[] = [];
  let quote = "";
  let at = start;
  for (; at < text.length; at += 1) {
    const character = text.charAt(at);
    const end = ends.get(at);
    if (end !== undefined) {
      pieces.push(text.slice(at, end));
      at = end - 1;
    } else if (character === quote) quote = "";
    else if (quote === "" && /\s/.test(character)) break;
    else if (quote === "" && quotes.test(character)) quote = character;
    else if (escapes(text, at, splitting) && quote !== "'") {
      at += 1;
      pieces.push(text.charAt(at));
    } else pieces.push(character);
  }
  return { word: pieces.join(""), end: at };
}

function escapes(text: string, at: number, splitting: Splitting): boolean {
  if (text.charAt(at) !== "\\") return false;
  return splitting === "shell" || text.charAt(at + 1) === '"' || isPairBeforeQuote(text, at);
}

// Of a row of backslashes in front of a double quote two are one.
function isPairBeforeQuote(text: string, at: number): boolean {
  ROW_BEFORE_QUOTE.lastIndex = at;
  return ROW_BEFORE_QUOTE.test(text);
}

const ROW_BEFORE_QUOTE = /\\{2,64}"/y;
