import { NotUnderstood } from "../not-understood.ts";

/** What the comments at the head of a Dockerfile tell the builder. */
export interface Directives {
  readonly escape: "\\" | "`";
  /** The image that reads the file, and its line; null where none is named. */
  readonly syntax: { readonly image: string; readonly line: number } | null;
}

// `# escape=` and `# syntax=docker/dockerfile:1`, before all that is no directive
const DIRECTIVE = /^\s*#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(\S.*)$/;

/**
 * Reads the parser directives of a Dockerfile.
 *
 * Throws `NotUnderstood` for an `escape` that builders read differently: one behind a directive that
 * not all know, which makes it a comment to some, a second one, and one of another character.
 *
 * Source: docs.docker.com/reference/dockerfile, "Parser directives".
 */
export function readDirectives(lines: readonly string[]): Directives {
  let escape: Directives["escape"] = "\\";
  let syntax: Directives["syntax"] = null;
  const seen = new Set<string>();
  for (const [row, line] of lines.entries()) {
    const [, key, value = ""] = DIRECTIVE.exec(line) ?? [];
    if (key === undefined) break;
    const name = key.toLowerCase();
    const text = value.trimEnd();
    if (name === "escape" && text !== escape) {
      const isClear = text === "`" && [...seen].every((other) => KNOWN_TO_ALL.has(other));
      if (!isClear) throw unclear(row);
      escape = "`";
    }
    if (name === "escape" && seen.has(name)) throw unclear(row);
    if (name === "syntax" && !seen.has(name)) syntax = { image: text, line: row + 1 };
    seen.add(name);
  }
  return { escape, syntax };
}

const KNOWN_TO_ALL = new Set(["syntax"]);

function unclear(row: number): NotUnderstood {
  const why = "an escape directive that builders read differently";
  return new NotUnderstood("escape-directive", why, { line: row + 1, column: 1 });
}
