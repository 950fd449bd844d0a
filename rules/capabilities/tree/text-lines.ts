/** One line of a text: its 1-based number and what stands there, less its line break. */
export interface TextLine {
  readonly number: number;
  readonly text: string;
}

/** The lines of a text in which `pattern`, which spans no line break, matches, in order. Linear. */
export function* linesWith(text: string, pattern: RegExp): Generator<TextLine> {
  const search = new RegExp(
    pattern,
    pattern.flags.includes("g") ? pattern.flags : `${pattern.flags}g`,
  );
  let number = 1;
  let start = 0;
  for (let hit = search.exec(text); hit; hit = search.exec(text)) {
    for (let end = lineEnd(text, start); end < hit.index; end = lineEnd(text, start)) {
      start = end + 1;
      number += 1;
    }
    const end = lineEnd(text, start);
    yield { number, text: text.slice(start, text[end - 1] === "\r" ? end - 1 : end) };
    search.lastIndex = end;
  }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}
