const BEYOND_JSON = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * `value` as one JSON document that ends in a line break.
 *
 * JSON lets C1 and bidirectional controls stand raw; they are written `\uXXXX`, which is the
 * same document and cannot command a terminal. So is `##[`, a command to GitHub's runner.
 */
export function jsonDocument(value: unknown): string {
  const lines = JSON.stringify(value, null, 2).split("\n");
  return `${lines.map(harmless).join("\n")}\n`;
}

/** The same on one line, without its line break. */
export function jsonLine(value: unknown): string {
  return harmless(JSON.stringify(value));
}

function harmless(line: string): string {
  return line.replace(BEYOND_JSON, asUnits).replaceAll("##[", "##\\u005b");
}

function asUnits(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
