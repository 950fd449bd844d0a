/**
 * Whether a file's bytes hold one of these ASCII words, or could spell one by an escape.
 *
 * For formats that share their name with others: what mentions nothing of the format cannot be it,
 * however it is written, and need not be understood.
 */
export function mentions(content: Uint8Array, words: readonly string[]): boolean {
  const text = new TextDecoder("windows-1252").decode(content);
  return /\\[uUx]/.test(text) || words.some((word) => text.includes(word));
}
