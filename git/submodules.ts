import type { ListedFile } from "../rules/change/listing.ts";
import { fileAt } from "./file-at.ts";
import type { ObjectReader } from "./object-reader.ts";

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
  const base = await fileAt(objects, trees.base, PATH);
  const head = await fileAt(objects, trees.head, PATH);
  return { path: PATH, ...(base && { base }), ...(head && { head }) };
}
