import type { Content } from "../../change/listing.ts";

/** The bytes in which a NUL tells a binary file, as git looks for it. */
const SNIFFED_BYTES = 8000;

/** A file's text; null for what is no UTF-8, binary, or unread. */
export function entryText(content: Content): string | null {
  if (!(content instanceof Uint8Array) || content.subarray(0, SNIFFED_BYTES).includes(0))
    return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return null;
  }
}
