import { existsSync, readFileSync } from "node:fs";

/** A mutant that no test noticed, as `survivors.md` names it. `file` is relative to its room. */
export interface Survivor {
  readonly file: string;
  readonly original: string;
  readonly replacement: string;
}

const ENTRY = /^- `([^`]+)`: (`+) (.*?) \2 → (`+) (.*?) \4$/;
const LONGEST = 80;

/**
 * One survivor as a line of Markdown:
 *
 * ```
 * - `format/batch.ts`: ` count > MAX ` → ` count >= MAX `
 * ```
 *
 * Long code is cut: an explanation has to name a place, not to repeat it.
 */
export function survivorLine({ file, original, replacement }: Survivor): string {
  return `- \`${file}\`: ${code(original)} → ${code(replacement)}`;
}

/** The lines of `<room>/survivors.md` that name a survivor; none where there is no such file. */
export function explainedIn(room: string): ReadonlySet<string> {
  const path = `${room}/survivors.md`;
  if (!existsSync(path)) return new Set();
  return new Set(
    readFileSync(path, "utf8")
      .split("\n")
      .filter((line) => ENTRY.test(line)),
  );
}

function code(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  const cut = line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
  const fence = cut.includes("`") ? "``" : "`";
  return `${fence} ${cut} ${fence}`;
}
