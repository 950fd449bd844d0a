import { LedgerError } from "../errors.ts";
import { tlogPath } from "./batch.ts";

/** The hashes in a full tile, and the entries in a full bundle; c2sp.org/tlog-tiles. */
export const TILE_WIDTH = 256;

const LENGTH_BYTES = 2;
const MAX_ENTRY_BYTES = 0xffff;

/**
 * Where a tile of hashes lies: `tile/0/x001/234` is full, `tile/1/000.p/17` holds 17 hashes.
 *
 * Level 0 holds leaf hashes, level L the roots of the full tiles below it.
 */
export function tilePath(level: number, index: number, width: number): string {
  return `tile/${level}/${placeOf(index, width)}`;
}

/** Where the entries lie whose hashes the tile of level 0 holds: `tile/entries/x001/234`. */
export function bundlePath(index: number, width: number): string {
  return `tile/entries/${placeOf(index, width)}`;
}

/** The bytes of a bundle: each entry after its length, a big-endian uint16. Throws TOO_LARGE for an entry above 65,535 bytes. */
export function formatBundle(entries: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(entries.flatMap((entry) => [lengthOf(entry), entry]));
}

/** The `count` entries of a bundle; they share its memory. Throws NOT_CANONICAL where it holds more, fewer or half of one. */
export function parseBundle(bytes: Uint8Array, count: number): readonly Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: Uint8Array[] = [];
  let at = 0;
  while (entries.length < count && at + LENGTH_BYTES <= bytes.length) {
    const start = at + LENGTH_BYTES;
    at = start + view.getUint16(at);
    entries.push(bytes.subarray(start, at));
  }
  if (entries.length !== count || at !== bytes.length) {
    throw new LedgerError("NOT_CANONICAL", `a bundle that is not ${count} whole entries`);
  }
  return entries;
}

function placeOf(index: number, width: number): string {
  return width === TILE_WIDTH ? tlogPath(index) : `${tlogPath(index)}.p/${width}`;
}

function lengthOf(entry: Uint8Array): Uint8Array {
  if (entry.length > MAX_ENTRY_BYTES) {
    throw new LedgerError("TOO_LARGE", `an entry of ${entry.length} bytes`);
  }
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint16(0, entry.length);
  return length;
}
