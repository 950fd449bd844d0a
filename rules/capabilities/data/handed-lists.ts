import type { DataEntry } from "./data-node.ts";

/** Lists of a large file by their keys at its top, and who takes their entries, one after another. */
export interface HandedLists {
  readonly lists: readonly string[];
  take(list: string, entry: DataEntry): void;
}
