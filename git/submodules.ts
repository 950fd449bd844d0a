import type { FileVersion, ListedFile } from "../rules/change/listing.ts";
import type { ObjectReader } from "./object-reader.ts";
import { entryAt } from "./tree.ts";

const PATH = ".gitmodules";
const SUBMODULE = "160000";

/**
 * The file `.gitmodules` as it stands in both trees, changed or not; null where no submodule is
 * among `files`, so that nothing asks for it. null for `base` stands for the empty tree.
 */
export async function listSubmodules(
  objects: ObjectReader,
  trees: { readonly base: string | null; readonly head: string },
  files: readonly ListedFile[],
): Promise<ListedFile | null> {
  if (!files.some(({ base, head }) => base?.mode === SUBMODULE || head?.mode === SUBMODULE)) {
    return null;
  }
  const base = await fileAt(objects, trees.base);
  const head = await fileAt(objects, trees.head);
  return { path: PATH, ...(base && { base }), ...(head && { head }) };
}

async function fileAt(objects: ObjectReader, tree: string | null): Promise<FileVersion | null> {
  const entry = tree === null ? null : await entryAt(objects, tree, PATH);
  if (entry === null || entry.mode === "040000") return null;
  return { oid: entry.oid, mode: entry.mode };
}
