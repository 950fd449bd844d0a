import type { FileVersion } from "../rules/change/listing.ts";
import type { ObjectReader } from "./object-reader.ts";
import { entryAt } from "./tree.ts";

/** The file at `path` of a tree, null where there is none or a folder; null for `tree` stands for the empty tree. */
export async function fileAt(
  objects: ObjectReader,
  tree: string | null,
  path: string,
): Promise<FileVersion | null> {
  const entry = tree === null ? null : await entryAt(objects, tree, path);
  if (entry === null || entry.mode === "040000") return null;
  return { oid: entry.oid, mode: entry.mode };
}
