import { NotUnderstood } from "../not-understood.ts";

/**
 * The words of an instruction as written, with their quotes: parted by white space that neither
 * quotes nor an escape keep together; null where a quote does not end.
 */
export function wordsOf(text: string, escape = "\\"): string[] | null {
  const words: string[] = [];
  let start = -1;
  let quote = "";
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    const isSpace = quote === "" && /\s/.test(character);
    if (isSpace) {
      if (start >= 0) words.push(text.slice(start, at));
      start = -1;
      continue;
    }
    if (start < 0) start = at;
    if (character === escape && quote !== "'") at += 1;
    else if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === '"' || character === "'") quote = character;
  }
  if (quote !== "") return null;
  if (start >= 0) words.push(text.slice(start));
  return words;
}

/** Refuses an instruction with more parts than an honest one has. */
export function refuseMany(parts: readonly unknown[], line: number): void {
  if (parts.length <= MAX_PARTS) return;
  const why = `an instruction with more than ${MAX_PARTS} parts`;
  throw new NotUnderstood("too-many-parts", why, { line, column: 1 });
}

const MAX_PARTS = 1_000;

/** A word without its quotes and escapes. */
export function unquoted(word: string): string {
  return word.replace(/\\(.)|["']/gs, "$1");
}
