import { decodeText } from "./text.ts";

/** One entry of a properties file; `line` (1-based) is where its key stands. */
export interface Property {
  readonly key: string;
  readonly value: string;
  readonly line: number;
}

/** `key = value`, `key: value`, `key value`; signs that separate may be escaped in the key. */
const ENTRY = /^((?:\\.|[^\\=:\s])*)[ \t\f]*[=:]?[ \t\f]*(.*)$/s;

/**
 * Reads a properties file: each key once, with its last value, as Java does.
 *
 * Source: java.util.Properties#load. Throws `NotUnderstood` for what is too large or no text.
 */
export function parseProperties(
  content: Uint8Array,
  maxBytes: number,
): ReadonlyMap<string, Property> {
  const properties = new Map<string, Property>();
  for (const { text, line } of logicalLines(decodeText(content, maxBytes))) {
    const [, key = "", value = ""] = ENTRY.exec(text) ?? [];
    properties.set(unescaped(key), { key: unescaped(key), value: unescaped(value), line });
  }
  return properties;
}

/** Lines without comments; one that ends in an odd number of backslashes goes on in the next. */
function logicalLines(text: string): { readonly text: string; readonly line: number }[] {
  const lines: { text: string; line: number }[] = [];
  let parts: string[] = [];
  let start = 0;
  for (const [index, whole] of text.split(/\r?\n/).entries()) {
    const written = whole.replace(/^[ \t\f]+/, "");
    if (parts.length === 0 && (written === "" || /^[#!]/.test(written))) continue;
    if (parts.length === 0) start = index + 1;
    const goesOn = backslashesAtEnd(written) % 2 === 1;
    parts.push(goesOn ? written.slice(0, -1) : written);
    if (goesOn) continue;
    lines.push({ text: parts.join(""), line: start });
    parts = [];
  }
  return parts.length === 0 ? lines : [...lines, { text: parts.join(""), line: start }];
}

function backslashesAtEnd(text: string): number {
  let count = 0;
  while (count < text.length && text[text.length - 1 - count] === "\\") count += 1;
  return count;
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|(.))/gs, (_whole, code?: string, sign = "") => {
    if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
    return SIGNS.get(String(sign)) ?? String(sign);
  });
}

const SIGNS = new Map([
  ["t", "\t"],
  ["n", "\n"],
  ["r", "\r"],
  ["f", "\f"],
]);
