import { bundlePath, formatBundle, TILE_WIDTH, tilePath } from "../format/tile.ts";
import { Frontier, leafHash, type Digest } from "../format/tree.ts";
import type { ExportFile } from "./export-folder.ts";

/**
 * The tiles and bundles of an RFC 6962 tree that grows entry by entry; c2sp.org/tlog-tiles.
 *
 * It holds one tile a level and one bundle, whatever the size.
 */
export class TileStack {
  #size = 0;
  #bundle: Uint8Array[] = [];
  readonly #levels: Digest[][] = [];

  /** Places one entry at the end; gives the files that it makes full. */
  append(entry: Uint8Array): readonly ExportFile[] {
    this.#size += 1;
    this.#bundle.push(entry);
    return [...this.#fullBundle(), ...this.#fullTiles(leafHash(entry))];
  }

  /**
   * The files at the right edge that are not full, and are not in the tree of `size` entries either;
   * of those that are full there the ones whose paths are in `outgrown`.
   */
  partials(size = this.#size, outgrown: ReadonlySet<string> = NONE): readonly ExportFile[] {
    const isWanted = (level: number, width: number, pathOf: () => string) =>
      width > 0 &&
      (edgeIndex(this.#size, level) === edgeIndex(size, level) ||
        (outgrown.size > 0 && outgrown.has(pathOf())));
    const tiles = this.#levels.flatMap((hashes, level) =>
      isWanted(level, hashes.length, () => this.#tilePath(level, hashes.length))
        ? [this.#tile(level, hashes)]
        : [],
    );
    const bundled = isWanted(0, this.#bundle.length, () => this.#bundlePath());
    return bundled ? [this.#bundleFile(), ...tiles] : tiles;
  }

  /** The tree's right edge: it has the root. */
  frontier(): Frontier {
    return new Frontier(this.#size, this.#levels.toReversed().flatMap(peaksOf));
  }

  #fullBundle(): readonly ExportFile[] {
    if (this.#bundle.length < TILE_WIDTH) return [];
    const file = this.#bundleFile();
    this.#bundle = [];
    return [file];
  }

  #fullTiles(leaf: Digest): readonly ExportFile[] {
    const full: ExportFile[] = [];
    let hash = leaf;
    for (let level = 0; ; level += 1) {
      const hashes = (this.#levels[level] ??= []);
      hashes.push(hash);
      if (hashes.length < TILE_WIDTH) return full;
      full.push(this.#tile(level, hashes));
      hash = frontierOf(hashes).root();
      this.#levels[level] = [];
    }
  }

  #bundleFile(): ExportFile {
    return { path: this.#bundlePath(), bytes: formatBundle(this.#bundle) };
  }

  #bundlePath(): string {
    const width = this.#bundle.length;
    return bundlePath(indexAt(this.#size, 0, width), width);
  }

  #tile(level: number, hashes: readonly Digest[]): ExportFile {
    return { path: this.#tilePath(level, hashes.length), bytes: Buffer.concat(hashes) };
  }

  #tilePath(level: number, width: number): string {
    return tilePath(level, indexAt(this.#size, level, width), width);
  }
}

const NONE: ReadonlySet<string> = new Set();

/** The index of the tile of `level` that a tree of `size` entries grows next. */
function edgeIndex(size: number, level: number): number {
  return Math.floor(size / TILE_WIDTH ** (level + 1));
}

/** A tile that has just become full stands before the one that grows next. */
function indexAt(size: number, level: number, width: number): number {
  return edgeIndex(size, level) - (width === TILE_WIDTH ? 1 : 0);
}

function frontierOf(hashes: readonly Digest[]): Frontier {
  const frontier = new Frontier();
  for (const hash of hashes) frontier.append(hash);
  return frontier;
}

function peaksOf(hashes: readonly Digest[]): readonly Digest[] {
  return frontierOf(hashes).peaks;
}
