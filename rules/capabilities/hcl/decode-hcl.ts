import { NotUnderstood } from "../not-understood.ts";

/** What editors and terminals show as something else, or not at all. */
const CONTROL = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]|\r(?!\n)/u;

/** The text of a file, without a byte order mark, which Terraform passes over, too. */
export function decodeHcl(content: Uint8Array, maxBytes: number): string {
  if (content.length > maxBytes) {
    throw new NotUnderstood("too-large", `too large: more than ${maxBytes} bytes`);
  }
  const text = decodeUtf8(content);
  const control = CONTROL.exec(text);
  if (!control) return text;
  const before = text.slice(0, control.index).split("\n");
  const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  throw new NotUnderstood("ambiguous-character", "a control character or a lone CR", place);
}

function decodeUtf8(content: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch (cause) {
    throw new NotUnderstood("not-utf8", "not UTF-8", null, { cause });
  }
}
