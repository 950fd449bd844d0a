import type { Content } from "../../change/listing.ts";
import { promisesText } from "./extensions.ts";
import { isLegacyText } from "./sniff.ts";

/**
 * What compilers and editors make of text that is not UTF-8, null where a file is no such text.
 *
 * UTF-16 by its byte order mark, under a name that promises text. Else UTF-8 with U+FFFD for what
 * is none: one Latin-1 letter in a comment keeps no program from running the rest as UTF-8.
 */
export function looseText(path: string, content: Content): string | null {
  if (!(content instanceof Uint8Array)) return null;
  const encoding = UTF_16[content.subarray(0, 2).join(" ")];
  if (encoding !== undefined && promisesText(path))
    return new TextDecoder(encoding).decode(content);
  if (!isLegacyText(content)) return null;
  return new TextDecoder().decode(content).replace(ACCIDENTAL, "\uFFFD");
}

const UTF_16: Readonly<Record<string, string>> = { "255 254": "utf-16le", "254 255": "utf-16be" };

/** Hidden characters of two bytes, which letters of older encodings (GBK, Shift JIS …) give by chance. */
const ACCIDENTAL = /[\x80-\x9F\xAD\u061C]|\u034F/g;
