/** A here document whose body begins with the next line. */
export interface AwaitedHeredoc {
  readonly delimiter: string;
  readonly stripsTabs: boolean;
  readonly expands: boolean;
}

/**
 * Reads what stands behind `<<` or `<<-` at an offset, and how many characters that is; null for
 * nothing. Quotes around any part of it keep `$(…)` in the body from being run.
 *
 * `<<-'EOF'` → `{delimiter: "EOF", stripsTabs: true, expands: false}`.
 */
export function readDelimiter(
  text: string,
  at: number,
  operator: string,
): { readonly heredoc: AwaitedHeredoc; readonly width: number } | null {
  DELIMITER.lastIndex = at;
  const written = DELIMITER.exec(text)?.[0];
  if (written === undefined) return null;
  const delimiter = written.trim().replace(/["'\\]/g, "");
  const expands = delimiter === written.trim();
  const heredoc = { delimiter, stripsTabs: operator === "<<-", expands };
  return { heredoc, width: written.length };
}

/** The body that begins at an offset, and where the line behind its delimiter begins; without one it is all the rest. */
export function readHeredoc(
  text: string,
  start: number,
  { delimiter, stripsTabs }: AwaitedHeredoc,
): { readonly body: string; readonly next: number } {
  for (let at = start; at < text.length;) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end).replace(/\r$/, "");
    const next = Math.min(end + 1, text.length);
    if ((stripsTabs ? line.replace(/^\t+/, "") : line) === delimiter) {
      return { body: text.slice(start, at), next };
    }
    at = next;
  }
  return { body: text.slice(start), next: text.length };
}

const DELIMITER = /[ \t]*(?:"[^"\n]*"|'[^'\n]*'|\\.|[^\s"'\\|&;<>()])+/y;
