/** One `${{ … }}` in a text. `start` and `end` are offsets, `end` behind the last brace. */
export interface EmbeddedExpression {
  readonly start: number;
  readonly end: number;
  /** What stands between `${{` and `}}`. */
  readonly inner: string;
  /** How many line breaks stand before `start`. */
  readonly lineBreaks: number;
}

const OPENING = "${{";
const CLOSING = "}}";

/**
 * The expressions in a text, in its order. `}}` in a quoted text of an expression does not end it.
 * One that never ends is text, and so is all behind it: GitHub refuses the file.
 *
 * Source: `TemplateReader.cs` of github.com/actions/runner.
 */
export function embeddedIn(text: string): EmbeddedExpression[] {
  const found: EmbeddedExpression[] = [];
  let [behind, lineBreaks] = [0, 0];
  for (;;) {
    const start = text.indexOf(OPENING, behind);
    const end = start < 0 ? -1 : endOf(text, start + OPENING.length);
    if (end < 0) return found;
    lineBreaks += countLineBreaks(text, behind, start);
    const inner = text.slice(start + OPENING.length, end - CLOSING.length);
    found.push({ start, end, inner, lineBreaks });
    lineBreaks += countLineBreaks(text, start, end);
    behind = end;
  }
}

/** A text with each of its expressions replaced by what `show` makes of it. */
export function replaceEmbedded(
  text: string,
  show: (expression: EmbeddedExpression) => string,
): string {
  const parts: string[] = [];
  let behind = 0;
  for (const expression of embeddedIn(text)) {
    parts.push(text.slice(behind, expression.start), show(expression));
    behind = expression.end;
  }
  return [...parts, text.slice(behind)].join("");
}

/** Behind the `}}` that ends an expression, -1 where none does. */
function endOf(text: string, from: number): number {
  let isQuoted = false;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "'") isQuoted = !isQuoted;
    else if (!isQuoted && text.startsWith(CLOSING, at)) return at + CLOSING.length;
  }
  return -1;
}

function countLineBreaks(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at += 1) if (text[at] === "\n") count += 1;
  return count;
}
