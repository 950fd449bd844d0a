const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The longest start of `text` that fits into `maxBytes` of UTF-8; a cut text ends in `…`, and no character is cut. */
export function cutText(text: string, maxBytes: number): string {
  const bytes = encoder.encode(text);
  if (bytes.length <= maxBytes) return text;
  let end = maxBytes - encoder.encode("…").length;
  while (end > 0 && isContinuation(bytes[end])) end -= 1;
  return `${decoder.decode(bytes.subarray(0, end))}…`;
}

/** The same value with every lone surrogate in its texts replaced: what comes from JSON may hold some, canonical JSON none. */
export function wellFormed<Value>(value: Value): Value {
  return replaced(value) as Value;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

function replaced(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(replaced);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, replaced(field)]));
}
