import { createHmac, timingSafeEqual } from "node:crypto";

/** Whether a body was signed with the secret. `signature`: `sha256=` and 64 hex digits. */
export function isSigned(pieces: readonly Buffer[], signature: string, secret: string): boolean {
  const hmac = createHmac("sha256", secret);
  for (const piece of pieces) hmac.update(piece);
  const expected = Buffer.from(`sha256=${hmac.digest("hex")}`);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The text of a JSON object, null for other bytes: all that GitHub sends is one. */
export function payloadText(pieces: readonly Buffer[]): string | null {
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    const text = decoder.decode(Buffer.concat(pieces));
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? text : null;
  } catch {
    return null;
  }
}
