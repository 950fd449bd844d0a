import { NotUnderstood } from "../not-understood.ts";

/** What the comments at the head of a Dockerfile tell the builder. */
export interface Directives {
  readonly escape: "\\" | "`";
  /** The image that reads the file, and its line; null where none is named. */
  readonly syntax: { readonly image: string; readonly line: number } | null;
}

// `# escape=` and `# syntax=docker/dockerfile:1`, before all that is no directive
const DIRECTIVE = /^\s*#[ \t]*([A-Za-z][A-Za-z0-9]*)[ \t]*=[ \t]*([^ \t].*)$/;

/** The same with white space that not all builders take for it. */
const LOOSE_DIRECTIVE = /^\s*#\s*(escape|syntax)\s*=/i;

/**
 * Reads the parser directives of a Dockerfile.
 *
 * Throws `NotUnderstood` for what builders read differently: an `escape` behind a directive that not
 * all know, which makes it a comment to some, one of another character, a second `escape` or
 * `syntax`, and white space that is none to all. A first line for a shell, `#!…`, hides an `escape`
 * and not a `syntax`.
 *
 * Source: docs.docker.com/reference/dockerfile, "Parser directives".
 */
export function readDirectives(lines: readonly string[]): Directives {
  let escape: Directives["escape"] = "\\";
  let syntax: Directives["syntax"] = null;
  const seen = new Set<string>();
  for (const [row, line] of lines.entries()) {
    if (row === 0 && line.startsWith("#!")) {
      seen.add("#!");
      continue;
    }
    const [, key, value = ""] = DIRECTIVE.exec(line) ?? [];
    const loose = LOOSE_DIRECTIVE.exec(line)?.[1];
    if (key === undefined && loose !== undefined) throw unclear(loose.toLowerCase(), row);
    if (key === undefined) break;
    const name = key.toLowerCase();
    const text = value.replace(/[ \t]+$/, "");
    if (name === "escape" && text !== escape) {
      const isClear = text === "`" && [...seen].every((other) => KNOWN_TO_ALL.has(other));
      if (!isClear) throw unclear(name, row);
      escape = "`";
    }
    if (["escape", "syntax"].includes(name) && seen.has(name)) throw unclear(name, row);
    // What stands behind the image is handed to it.
    if (name === "syntax") syntax = { image: text.replace(/ .*$/, ""), line: row + 1 };
    seen.add(name);
  }
  return { escape, syntax };
}

const KNOWN_TO_ALL: ReadonlySet<string> = new Set(["syntax"]);

function unclear(name: string, row: number): NotUnderstood {
  const why = `a directive \`${name}\` that builders read differently`;
  return new NotUnderstood(`${name}-directive`, why, { line: row + 1, column: 1 });
}
