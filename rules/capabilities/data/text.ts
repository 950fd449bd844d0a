import { NotUnderstood } from "../not-understood.ts";

/** What not every parser reads alike: a lone CR, NEL, LS and PS end lines only for some. */
const AMBIGUOUS = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u2028\u2029\uFEFF]|\r(?!\n)/u;

/** How a file's bytes are read: `windows-1252` never fails. */
type Encoding = "utf-8" | "windows-1252";

/**
 * A file's text, without the byte order mark that it may begin with.
 *
 * Throws `NotUnderstood` for what is over `maxBytes`, is not UTF-8, or holds a control character or
 * line break that parsers read differently.
 */
export function decodeText(
  content: Uint8Array,
  maxBytes: number,
  encoding: Encoding = "utf-8",
): string {
  if (content.length > maxBytes) {
    throw new NotUnderstood("too-large", `too large: more than ${maxBytes} bytes`);
  }
  const text = decodeBytes(content, encoding);
  const ambiguous = AMBIGUOUS.exec(text);
  if (!ambiguous) return text;
  const why = "a control character or line break that parsers read differently";
  const before = text.slice(0, ambiguous.index).split("\n");
  const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  throw new NotUnderstood("ambiguous-character", why, place);
}

function decodeBytes(content: Uint8Array, encoding: Encoding): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch (cause) {
    throw new NotUnderstood("not-utf8", "not UTF-8", null, { cause });
  }
}
