import { decodeText } from "../data/text.ts";
import type { Setting } from "./setting.ts";

/**
 * The settings of an `.npmrc`, as npm's own reader takes its lines (npmjs.com/package/ini): what
 * stands behind a `[section]` is none of npm's, a key alone is `true`, of several equal ones the
 * last counts, and `key[]` adds to a list.
 */
export function readNpmrc(content: Uint8Array, maxBytes: number): readonly Setting[] {
  const settings = new Map<string, Setting>();
  for (const [index, text] of decodeText(content, maxBytes).split("\n").entries()) {
    const written = text.trim();
    if (written === "" || /^[;#]/.test(written)) continue;
    if (/^\[[^\]]*\]$/.test(written)) break;
    const equals = written.indexOf("=");
    const key = unquoted(equals === -1 ? written : written.slice(0, equals));
    const value = equals === -1 ? "true" : unquoted(written.slice(equals + 1));
    const isItem = key.endsWith("[]");
    const name = isItem ? key.slice(0, -2) : key;
    settings.set(isItem ? `${name} ${index}` : name, { name, text: value, line: index + 1 });
  }
  return [...settings.values()];
}

/** `"a"`, `'a'`, or a word up to the first `;` or `#` without a backslash before it. */
function unquoted(text: string): string {
  const word = text.trim();
  const quoted = /^(["'])(.*)\1$/s.exec(word);
  if (quoted) return fromJson(quoted[1] === "'" ? `"${quoted[2] ?? ""}"` : word, quoted[2] ?? "");
  const end = /(?<!\\)[;#]/.exec(word)?.index ?? word.length;
  return word
    .slice(0, end)
    .replaceAll(/\\([\\;#])/g, "$1")
    .trim();
}

function fromJson(text: string, otherwise: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return otherwise;
  }
}
