import { LedgerError } from "../errors.ts";
import { toBase64 } from "../format/base64.ts";
import type { Checkpoint } from "../format/checkpoint.ts";
import { bundlePath, parseBundle, TILE_WIDTH } from "../format/tile.ts";
import type { ExportFile, TileSource } from "./export-folder.ts";
import { located } from "./located.ts";
import { TileStack } from "./tile-stack.ts";

/**
 * Reads a log's whole tlog-tiles directory, whoever wrote it, and holds it against a head that was
 * opened: the entries of the bundles must give every tile, byte for byte, and the head's root.
 *
 * Throws FILE_MISSING for a tile or bundle that is not there, NOT_CANONICAL for a bundle that does
 * not come apart, TREE_MISMATCH for a tile or root that the entries do not give.
 */
export async function checkTiledLog(
  source: TileSource,
  { size, root }: Pick<Checkpoint, "size" | "root">,
): Promise<void> {
  const stack = new TileStack();
  for await (const entry of readEntries(source, size)) {
    for (const file of stack.append(entry)) await checkFile(source, file);
  }
  for (const file of stack.partials()) await checkFile(source, file);
  if (toBase64(stack.frontier().root()) !== root) {
    throw new LedgerError("TREE_MISMATCH", "checkpoint: its root is not that of the entries");
  }
}

/**
 * Streams the first `size` entries of a tlog-tiles directory, one bundle at a time.
 *
 * Throws FILE_MISSING and NOT_CANONICAL, with the bundle's path. They may be believed only once
 * they were hashed up to a signed root.
 */
export async function* readEntries(source: TileSource, size: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index * TILE_WIDTH < size; index += 1) {
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH);
    const path = bundlePath(index, width);
    const bytes = await readFile(source, path);
    yield* located(path, () => parseBundle(bytes, width));
  }
}

async function checkFile(source: TileSource, { path, bytes }: ExportFile): Promise<void> {
  if (Buffer.from(bytes).equals(await readFile(source, path))) return;
  throw new LedgerError("TREE_MISMATCH", `${path}: it is not what the entries give`);
}

async function readFile(source: TileSource, path: string): Promise<Uint8Array> {
  const bytes = await source.read(path);
  if (bytes === null) throw new LedgerError("FILE_MISSING", `${path}: it is not there`);
  return bytes;
}
