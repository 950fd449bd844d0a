import type { ListedFile, OwnersListing } from "../rules/change/listing.ts";
import { isSameVersion, OWNERS_PLACES } from "../rules/change/owners-places.ts";
import { addedPaths } from "./added-paths.ts";
import { fileAt } from "./file-at.ts";
import type { ObjectReader } from "./object-reader.ts";

/** The trees of a change; null stands for the empty one. */
interface Trees {
  readonly base: string | null;
  readonly head: string;
  readonly baseTip: string | null;
}

/**
 * The files that GitHub may read the owners from as they stand in all trees, and all paths of the
 * head; null where none of them is among `files`, so that nothing asks for it.
 */
export async function listOwners(
  objects: ObjectReader,
  trees: Trees,
  files: readonly ListedFile[],
): Promise<OwnersListing | null> {
  if (!files.some(({ path }) => OWNERS_PLACES.includes(path))) return null;
  const listed: ListedFile[] = [];
  for (const path of OWNERS_PLACES) {
    const file = await listedAt(objects, trees, path);
    if (file.base ?? file.head ?? file.baseTip) listed.push(file);
  }
  const headPaths = await addedPaths(objects, { before: null, after: trees.head });
  return { files: listed, ...(headPaths && { headPaths }) };
}

async function listedAt(objects: ObjectReader, trees: Trees, path: string): Promise<ListedFile> {
  const base = await fileAt(objects, trees.base, path);
  const head = await fileAt(objects, trees.head, path);
  const baseTip = await fileAt(objects, trees.baseTip, path);
  return {
    path,
    ...(base && { base }),
    ...(head && { head }),
    ...(!isSameVersion(base, baseTip) && { baseTip }),
  };
}
