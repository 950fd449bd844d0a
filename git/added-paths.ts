import type { DiffLimits } from "./diff-limits.ts";
import { GitError } from "./errors.ts";
import type { ObjectReader } from "./object-reader.ts";
import { diffTrees } from "./tree-diff.ts";

/**
 * The paths of files that a later tree has and an earlier one has not, sorted by their bytes; null
 * for `before` stands for the empty tree.
 *
 * Null where there is more to compare than the limits of `diffTrees` allow: a list cut short would
 * look like a whole one.
 */
export async function addedPaths(
  objects: ObjectReader,
  { before, after }: { readonly before: string | null; readonly after: string },
  limits?: Partial<DiffLimits>,
): Promise<string[] | null> {
  try {
    const files = await diffTrees(objects, { base: before, head: after }, limits);
    return files.filter(({ base }) => !base).map(({ path }) => path);
  } catch (error) {
    if (error instanceof GitError && error.code === "TOO_LARGE") return null;
    throw error;
  }
}
