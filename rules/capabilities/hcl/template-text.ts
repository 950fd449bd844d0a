import type { HclScanner } from "./scanner.ts";

/** The next piece of a template's own text, or null, behind its end. A line's break ends a piece. */
export type TextReader = (scanner: HclScanner, startsLine: boolean) => string | null;

// `$${` and `%%{` stand for `${` and `%{`; the signs alone for themselves.
const SIGN = /\$\$\{|%%\{|[$%]/y;
const QUOTED = /[^"\\$%\r\n]+/y;
const ESCAPE = /\\(?:[nrt"\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})/y;
const END_QUOTE = /"/y;
// HashiCorp's scanner does not part these, which shows where `~` strips the line break behind them.
const SIGN_AT_END = /[$%](?!\{)[\t\r -~](?=\r?\n)/y;
const LINE = /[^$%\r\n]*(?:\r?\n)?/y;
const LINE_REST = /[^\r\n]*/y;

const ESCAPED = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ['"', '"'],
  ["\\", "\\"],
]);

/** Reads the text of `"…"`, in which escapes stand and line breaks may not. */
export const quotedText: TextReader = (scanner) => {
  const sign = takeSign(scanner);
  if (sign !== "") return sign;
  const parts: string[] = [];
  for (;;) {
    const part = scanner.takeText(QUOTED) || takeEscape(scanner);
    if (part === "") break;
    parts.push(part);
  }
  if (parts.length > 0) return parts.join("");
  if (scanner.takeText(END_QUOTE) !== "") return null;
  throw scanner.refuseLast("not-hcl", "not valid HCL: a string that does not end, or a bad escape");
};

/** Reads the text of a heredoc, up to a line with nothing but its marker and spaces around it. */
export function heredocText(marker: string): TextReader {
  return (scanner, startsLine) => {
    if (startsLine && isMarker(scanner, marker)) return null;
    const text = scanner.takeText(SIGN_AT_END) || takeSign(scanner) || scanner.takeText(LINE);
    if (text !== "") return text;
    throw scanner.refuseLast("not-hcl", "not valid HCL: a heredoc that does not end");
  };
}

function isMarker(scanner: HclScanner, marker: string): boolean {
  const rest = scanner.restOfLine();
  if (rest === null || trimmedEnd(trimmedStart(rest)) !== marker) return false;
  scanner.takeText(LINE_REST);
  return true;
}

/** Without what Go's `unicode.IsSpace` takes for space, which is not what JavaScript's `trim` does. */
export function trimmedStart(text: string): string {
  return text.slice(spacesBefore(text));
}

export function trimmedEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text, end - 1)) end -= 1;
  return text.slice(0, end);
}

/** How many spaces a text begins with. */
export function spacesBefore(text: string): number {
  let start = 0;
  while (start < text.length && isSpace(text, start)) start += 1;
  return start;
}

function isSpace(text: string, at: number): boolean {
  return /^\p{White_Space}$/u.test(text.charAt(at));
}

function takeSign(scanner: HclScanner): string {
  const sign = scanner.takeText(SIGN);
  return sign.length === 3 ? sign.slice(1) : sign;
}

function takeEscape(scanner: HclScanner): string {
  const escape = scanner.takeText(ESCAPE);
  if (escape.length < 3) return ESCAPED.get(escape.slice(1)) ?? "";
  const code = Number.parseInt(escape.slice(2), 16);
  if (code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) return String.fromCodePoint(code);
  throw scanner.refuseLast("not-hcl", "not valid HCL: an escape for no character");
}
