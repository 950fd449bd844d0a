import { type Format, formats, type Use } from "./formats.ts";

/** What bytes are, by their own account. */
export interface Sniffed {
  readonly name: string;
  readonly use: Use;
}

/**
 * The format of bytes that are not UTF-8 text, null where they have no known one.
 *
 * A zip is found by its end too, as programs that open one look for it there: what stands before
 * it may look like anything else. A disk image of macOS has its mark at its end alone.
 */
export function sniff(content: Uint8Array): Sniffed | null {
  const format = formats.find((each) => isFormat(content, each)) ?? null;
  const isProgram = format?.use === "executable" || format?.use === "archive";
  // No program or archive does without control characters, but text may start with `MZ` or `#!`.
  if ((isProgram || !format) && isLegacyText(content)) {
    return { name: "not UTF-8 text", use: "data" };
  }
  if (isProgram) return format;
  if (endsAsZip(content)) {
    return { name: format ? `zip after ${format.name}` : "zip", use: "archive" };
  }
  if (hasAt(content, content.length - DMG_TRAILER_BYTES, "koly")) {
    return { name: "dmg", use: "archive" };
  }
  return format;
}

const DMG_TRAILER_BYTES = 512;
const ZIP_END_BYTES = 22;
const MAX_ZIP_COMMENT_BYTES = 65_535;

function isFormat(content: Uint8Array, { magic, agrees }: Format): boolean {
  const found = Object.entries(magic).every(([at, bytes]) => hasAt(content, Number(at), bytes));
  return found && (agrees?.(content) ?? true);
}

function hasAt(content: Uint8Array, at: number, bytes: string): boolean {
  for (let index = 0; index < bytes.length; index += 1) {
    if (content[at + index] !== bytes.charCodeAt(index)) return false;
  }
  return true;
}

/** `PK\5\6`, 16 bytes, and the length of the comment that fills the rest of the file (APPNOTE 4.3.16). */
function endsAsZip(content: Uint8Array): boolean {
  const first = Math.max(0, content.length - ZIP_END_BYTES - MAX_ZIP_COMMENT_BYTES);
  for (let at = content.length - ZIP_END_BYTES; at >= first; at -= 1) {
    if (content[at] !== 0x50 || !hasAt(content, at, "PK\x05\x06")) continue;
    const comment = (content[at + 20] ?? 0) | ((content[at + 21] ?? 0) << 8);
    if (at + ZIP_END_BYTES + comment === content.length) return true;
  }
  return false;
}

/** Text in an older encoding (Latin-1, Shift JIS, GBK …): no control character but white space. */
export function isLegacyText(content: Uint8Array): boolean {
  return content.every(
    (byte) => (byte >= 0x20 && byte !== 0x7f) || (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b,
  );
}
