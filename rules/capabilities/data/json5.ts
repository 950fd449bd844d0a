import { parseJson } from "./json.ts";
import type { DataNode } from "./data-node.ts";
import { decodeText } from "./text.ts";

/** How much longer a text can get when it is written as JSON: each quote of a string in single quotes. */
const MOST_GROWTH = 8;

/**
 * Parses one JSON5 document, comments and trailing commas included, into the tree that JSON gives
 * as well. Lines are those of the file; columns are not.
 *
 * Throws `NotUnderstood` as `parseJson` does. Source: spec.json5.org.
 */
export function parseJson5(content: Uint8Array, maxBytes: number): DataNode {
  const json = new TextEncoder().encode(jsonOf(decodeText(content, maxBytes)));
  return parseJson(json, { maxBytes: maxBytes * MOST_GROWTH, comments: "allowed" });
}

/** The text as JSON, each token on the line that it was on; what is no token is left to the parser. */
function jsonOf(text: string): string {
  const parts: string[] = [];
  let key = -1;
  for (let at = 0; at < text.length;) {
    const end = tokenEnd(text, at);
    const token = text.slice(at, end);
    const isSpace = SPACE.test(token) || token.startsWith("//") || token.startsWith("/*");
    // `{ a: 1 }`: a word is a key where a colon follows.
    if (token === ":" && key !== -1) parts[key] = quoted(parts[key] ?? "");
    if (!isSpace) key = WORD.test(token) ? parts.length : -1;
    parts.push(isSpace ? breaksOf(token) || " " : asJson(token));
    at = end;
  }
  return parts.join("");
}

const SPACE = /^[\s\uFEFF]/u;
const WORD = /^[\p{ID_Start}$_\\]/u;
const NUMBER = /^[+\-.\d]/;

/** Every token by what it may begin with; each pattern takes one character at least. */
const TOKENS =
  /[\s\uFEFF]+|\/\/[^\n]*|[\p{ID_Start}$_\\][\p{ID_Continue}$\\{}]*|[+\-.\d][\w.+-]*|[^]/uy;

function tokenEnd(text: string, at: number): number {
  const first = text[at];
  if (first === '"' || first === "'") return stringEnd(text, at, first);
  if (text.startsWith("/*", at)) {
    const close = text.indexOf("*/", at + 2);
    return close === -1 ? text.length : close + 2;
  }
  TOKENS.lastIndex = at;
  return at + (TOKENS.exec(text)?.[0].length ?? 1);
}

function stringEnd(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === quote) return at + 1;
    else if (text[at] === "\n") return at;
  }
  return text.length;
}

function breaksOf(token: string): string {
  return token.replace(/[^\n]/g, "");
}

function asJson(token: string): string {
  if (/^["']/.test(token)) return stringAsJson(token);
  if (!NUMBER.test(token) && !/^(?:Infinity|NaN)$/.test(token)) return token;
  const sign = token.startsWith("-") ? -1 : 1;
  const digits = token.replace(/^[+-]/, "");
  const value = sign * Number(digits);
  if (digits === "") return token;
  if (Number.isFinite(value)) return JSON.stringify(value);
  return /^(?:Infinity|NaN)$/.test(digits) ? JSON.stringify(token) : token;
}

function stringAsJson(token: string): string {
  const quote = token[0] ?? "";
  // What never closes is no string for the parser either.
  if (token.length < 2 || !token.endsWith(quote)) return token;
  const plain = token.slice(1, -1).replace(ESCAPE, unescaped);
  return escaped(plain) + breaksOf(token);
}

/** A string as JSON in which nothing stands that a text must not hold unescaped. */
function escaped(plain: string): string {
  return JSON.stringify(plain).replace(/[\x7F-\x9F\u2028\u2029\uFEFF]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|(\r?\n)|([^]))/g;

const SHORT: Readonly<Record<string, string>> = {
  ...{ b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v", "0": "\0" },
};

function unescaped(...[, two, four, lineBreak, other = ""]: (string | undefined)[]): string {
  const digits = two ?? four;
  if (digits !== undefined) return String.fromCharCode(parseInt(digits, 16));
  return lineBreak === undefined ? (SHORT[other] ?? other) : "";
}

function quoted(word: string): string {
  return escaped(word.replace(ESCAPE, unescaped));
}
