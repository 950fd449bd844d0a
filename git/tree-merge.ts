import type { ObjectReader } from "./object-reader.ts";
import type { ObjectFormat } from "./own-directory.ts";
import { readTrees, treeId, type Tree, type TreeEntry } from "./tree.ts";

export interface MergeSides {
  readonly mergeBase: string;
  readonly base: string;
  readonly head: string;
}

/**
 * The id of the tree that merging head into base gives, where each path changed on one side only;
 * else null.
 *
 * Needs no file's content, so it is the same in a clone without blobs and under every version of git.
 * A merge that git does with renamed folders or within a file is not foretold.
 */
export async function mergeTrees(
  objects: ObjectReader,
  sides: MergeSides,
  format: ObjectFormat,
): Promise<string | null> {
  const settled = settle(sides.mergeBase, sides.base, sides.head);
  if (settled !== undefined) return settled;
  const read = await readTrees(objects, [sides.mergeBase, sides.base, sides.head]);
  const [mergeBase, base, head] = [sides.mergeBase, sides.base, sides.head].map((oid) =>
    read.get(oid),
  );
  if (mergeBase === undefined || base === undefined || head === undefined) return null;
  const merged: TreeEntry[] = [];
  for (const name of new Set([...mergeBase.keys(), ...base.keys(), ...head.keys()])) {
    const entry = await mergeEntry({ objects, format, name }, { mergeBase, base, head });
    if (entry === null) return null;
    if (entry !== undefined) merged.push(entry);
  }
  return treeId(format, merged);
}

interface MergedTrees {
  readonly mergeBase: Tree;
  readonly base: Tree;
  readonly head: Tree;
}

/** Null: a conflict, or a merge within files. Undefined: the merge has no such entry. */
async function mergeEntry(
  at: { readonly objects: ObjectReader; readonly format: ObjectFormat; readonly name: string },
  trees: MergedTrees,
): Promise<TreeEntry | null | undefined> {
  const [origin, ours, theirs] = [trees.mergeBase, trees.base, trees.head].map((tree) =>
    tree.get(at.name),
  );
  if (same(origin, ours)) return theirs;
  if (same(origin, theirs) || same(ours, theirs)) return ours;
  if (!isFolder(origin) || !isFolder(ours) || !isFolder(theirs)) return null;
  const sides = { mergeBase: origin.oid, base: ours.oid, head: theirs.oid };
  const oid = await mergeTrees(at.objects, sides, at.format);
  const empty = treeId(at.format, []);
  return oid === null ? null : oid === empty ? undefined : { ...ours, oid };
}

function settle(mergeBase: string, base: string, head: string): string | undefined {
  if (mergeBase === base || base === head) return head;
  return mergeBase === head ? base : undefined;
}

function same(one: TreeEntry | undefined, other: TreeEntry | undefined): boolean {
  return one?.oid === other?.oid && one?.mode === other?.mode;
}

function isFolder(entry: TreeEntry | undefined): entry is TreeEntry {
  return entry?.mode === "040000";
}
