/** How many bytes `text` takes in UTF-8. */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** `text` where it fits into `maxBytes` of UTF-8; else its beginning, and how much is missing. */
export function cutText(text: string, maxBytes: number): string {
  const length = utf8Length(text);
  if (length <= maxBytes) return text;
  const room = Math.max(0, maxBytes - utf8Length(missing(length)));
  const { read, written } = new TextEncoder().encodeInto(text, new Uint8Array(room));
  return text.slice(0, read) + missing(length - written);
}

function missing(bytes: number): string {
  return ` … (${bytes} bytes more)`;
}

/** Blocks between a head and a foot; `leftOut` says how many blocks there was no room for. */
export interface Fitting {
  readonly head: string;
  readonly blocks: readonly string[];
  readonly foot: string;
  readonly maxBytes: number;
  readonly maxBlocks?: number;
  leftOut(count: number): string;
}

/**
 * Joins head, blocks and foot within `maxBytes` of UTF-8.
 *
 * Blocks are kept or left out whole, from the first on, so that nothing is cut inside an
 * escape. Head and foot are always kept: their writer bounds them.
 */
export function fitBlocks(fitting: Fitting): string {
  const { head, blocks, foot, maxBytes, maxBlocks = blocks.length } = fitting;
  const frame = utf8Length(head) + utf8Length(foot);
  const all = countThatFit(blocks, maxBytes - frame);
  if (all === blocks.length && all <= maxBlocks) return [head, ...blocks, foot].join("");
  const notice = utf8Length(fitting.leftOut(blocks.length));
  const kept = Math.min(maxBlocks, countThatFit(blocks, maxBytes - frame - notice));
  return [head, ...blocks.slice(0, kept), fitting.leftOut(blocks.length - kept), foot].join("");
}

function countThatFit(blocks: readonly string[], maxBytes: number): number {
  let used = 0;
  const firstOver = blocks.findIndex((block) => (used += utf8Length(block)) > maxBytes);
  return firstOver < 0 ? blocks.length : firstOver;
}
