import { TileStack } from "../../../ledger/export/tile-stack.ts";
import type { ExportFile } from "../../../ledger/export/export-folder.ts";
import { toBase64 } from "../../../ledger/format/base64.ts";

/** Entries of varied length: the one at an index depends on nothing but the index. */
export function entryAt(index: number): Uint8Array {
  return Buffer.from(`entry ${index} ${"x".repeat(index % 7)}`);
}

/** A log of `size` entries, tile by tile, as whoever serves one has it. */
export function tiledLog(size: number, entry: (index: number) => Uint8Array = entryAt) {
  const stack = new TileStack();
  const files: ExportFile[] = [];
  for (let index = 0; index < size; index += 1) files.push(...stack.append(entry(index)));
  files.push(...stack.partials());
  const root = toBase64(stack.frontier().root());
  return { head: { size, root }, files: new Map(files.map(({ path, bytes }) => [path, bytes])) };
}
