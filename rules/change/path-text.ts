/**
 * Writes a path's bytes as printable, unique text: a backslash is doubled, and a byte that
 * is not part of valid UTF-8 becomes `\xhh` (lower-case hex). `pathBytes` turns it back.
 *
 * `bytes` is a path as git stores it, of any bytes. Control characters that are valid UTF-8
 * stay as they are: whoever shows a path escapes for the place it is shown in.
 */
export function pathText(bytes: Uint8Array): string {
  let text = "";
  let start = 0;
  for (let at = 0; at < bytes.length;) {
    const length = bytes[at] === BACKSLASH ? 0 : validSequence(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    text += decoder.decode(bytes.subarray(start, at)) + escaped(bytes[at] ?? 0);
    at += 1;
    start = at;
  }
  return text + decoder.decode(bytes.subarray(start));
}

/**
 * Turns `pathText`'s text back into the path's bytes.
 *
 * Null where `text` is not what `pathText` writes for any bytes: an unfinished or upper-case
 * escape, an escape of bytes that are valid UTF-8 together, or a lone surrogate.
 */
export function pathBytes(text: string): Uint8Array | null {
  const bytes: number[] = [];
  for (let at = 0; at < text.length;) {
    const escape = text[at] === "\\" ? readEscape(text, at) : null;
    if (escape === undefined) return null;
    const next = escape?.end ?? endOfPlain(text, at);
    if (escape === null) for (const byte of encoder.encode(text.slice(at, next))) bytes.push(byte);
    else bytes.push(escape.byte);
    at = next;
  }
  const result = Uint8Array.from(bytes);
  return pathText(result) === text ? result : null;
}

const BACKSLASH = 0x5c;
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

function escaped(byte: number): string {
  return byte === BACKSLASH ? "\\\\" : `\\x${byte.toString(16).padStart(2, "0")}`;
}

/** The length of the well-formed UTF-8 sequence at `at`, 0 where there is none (Unicode 16, table 3-7). */
function validSequence(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const second = bytes[at + 1] ?? 0;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) return 0;
  const rest = bytes.subarray(at + 2, at + length);
  return rest.every((byte) => byte >= 0x80 && byte <= 0xbf) ? length : 0;
}

function readEscape(text: string, at: number): { byte: number; end: number } | undefined {
  if (text[at + 1] === "\\") return { byte: BACKSLASH, end: at + 2 };
  const hex = /^\\x([0-9a-f]{2})$/.exec(text.slice(at, at + 4))?.[1];
  return hex === undefined ? undefined : { byte: Number.parseInt(hex, 16), end: at + 4 };
}

function endOfPlain(text: string, at: number): number {
  const backslash = text.indexOf("\\", at);
  return backslash === -1 ? text.length : backslash;
}
