import { decodeText } from "../data/text.ts";
import { NotUnderstood } from "../not-understood.ts";
import { withDefaults } from "./environment.ts";
import type { Setting } from "./setting.ts";

/**
 * The settings of an `.npmrc`, as npm's own reader takes its lines (npmjs.com/package/ini): what
 * stands behind a `[section]` is none of npm's, a key alone is `true`, of several equal ones the
 * last counts, and `key[]` adds to a list. Then npm puts the environment into names as well.
 *
 * Throws `NotUnderstood` where the environment decides which setting a line is.
 */
export function readNpmrc(content: Uint8Array, maxBytes: number): readonly Setting[] {
  const written = new Map<string, Setting>();
  for (const [index, text] of decodeText(content, maxBytes).split("\n").entries()) {
    if (/^\s*(?:[;#]|$)/.test(text)) continue;
    // With a space before it it is a key.
    if (/^\[[^\]]*\]\s*$/.test(text)) break;
    const equals = text.indexOf("=");
    const key = unquoted(equals === -1 ? text : text.slice(0, equals));
    const value = equals === -1 ? "true" : unquoted(text.slice(equals + 1));
    const isItem = key.endsWith("[]");
    const name = isItem ? key.slice(0, -2) : key;
    written.set(isItem ? `${name} ${index}` : name, { name, text: value, line: index + 1 });
  }
  return named(written);
}

/** Each by the name that it has in the end: `${NOWHERE?}registry` is `registry`. */
function named(written: ReadonlyMap<string, Setting>): readonly Setting[] {
  const settings = new Map<string, Setting>();
  for (const [key, setting] of written) {
    const name = withDefaults(setting.name);
    // A host or a scope that the environment gives is no other setting.
    if (/\$\{[^:]*$/.test(name)) {
      const place = { line: setting.line, column: 1 };
      throw new NotUnderstood("environment", "a setting that the environment names", place);
    }
    settings.set(withDefaults(key), { ...setting, name });
  }
  return [...settings.values()];
}

/** `"a"`, `'a'`, or a word up to the first `;` or `#` without a backslash before it. */
function unquoted(text: string): string {
  const word = text.trim();
  const quote = /^["']/.exec(word)?.[0];
  // In single quotes stands JSON as well, or else the text itself.
  if (quote !== undefined && word.endsWith(quote)) {
    return fromJson(quote === "'" ? word.slice(1, -1) : word);
  }
  return word.replace(/\\([\\;#])|[;#].*/gs, (_whole, sign = "") => String(sign)).trim();
}

function fromJson(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
