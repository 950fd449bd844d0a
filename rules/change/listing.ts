/** The two sides of a change: its merge base and its head. */
export type Side = "base" | "head";
export const SIDES: readonly Side[] = ["base", "head"];

export type FileMode = "100644" | "100755" | "120000" | "160000";

/** One version of a file: git's object id (hex) and mode. Mode 160000 is a submodule's commit. */
export interface FileVersion {
  readonly oid: string;
  readonly mode: FileMode;
}

/**
 * One changed path. A side that is absent has no file there.
 *
 * `path` is printable and unique: a backslash is doubled, and a byte that is not part of
 * valid UTF-8 is written `\xHH`.
 *
 * `baseTip` stands only where the base has changed the path as well since the merge base: the
 * version in the base itself, null where it has no file there any more. Merging then gives what
 * neither side of the change shows.
 *
 * `folderGone` stands only on a file that the head adds below a folder that the merge base has and
 * the base has no more: the outermost such folder. Where the base moved it, or one inside it,
 * merging may take the file along.
 *
 * `alike` stands only on a file that the head adds beside another path, of the head or added by
 * the base since, that differs
 * from its own, or from a folder's above it, in nothing but case or Unicode form (`foldedName`):
 * that other path. Many file systems hold only one of the two.
 */
export interface ListedFile {
  readonly path: string;
  readonly base?: FileVersion;
  readonly head?: FileVersion;
  readonly baseTip?: FileVersion | null;
  readonly folderGone?: string;
  readonly alike?: string;
}

/**
 * Whether merging may put a file of the head at another path: the head edits what the base has no
 * more where it was, or adds to a folder that is gone from the base. A merge that detects renames
 * takes both along to wherever the base moved them.
 */
export function mayFollowTheBase({ base, head, baseTip, folderGone }: ListedFile): boolean {
  if (!head) return false;
  return base ? baseTip === null : folderGone !== undefined;
}

/**
 * A change as git's objects tell it: every path that differs between merge base and head.
 *
 * Ids are hex object ids. `baseTree` is the merge base's tree. A first commit has the
 * empty tree's id as `base`, `mergeBase` and `baseTree`. `mergeTree` is the tree that
 * merging head into base gives, null where that was not computed or conflicts.
 *
 * `baseAdded` are the paths that the base has and the merge base has not, listed only where a file
 * `mayFollowTheBase`: it lands at one of them, or below a folder that one of them lies in. Where a
 * file may and the list is absent, there are too many, and where that file lands is unknown.
 *
 * `submodules` is the file `.gitmodules` of both sides, changed or not, listed only where a
 * submodule is among the files. `owners` is what else says who owns what, listed only where one of
 * `OWNERS_PLACES` is among the files. `candidate` are the policy file and its cases as they stand on
 * both sides, changed or not, listed only where one of them is among the files. `baseOwners` is listed only where somebody asks for owners.
 */
export interface Listing {
  readonly base: string;
  readonly head: string;
  readonly mergeBase: string;
  readonly baseTree: string;
  readonly headTree: string;
  readonly mergeTree: string | null;
  readonly files: readonly ListedFile[];
  readonly baseAdded?: readonly string[];
  readonly submodules?: ListedFile;
  readonly owners?: OwnersListing;
  readonly candidate?: readonly ListedFile[];
  readonly baseOwners?: BaseOwners;
}

/**
 * The owners' file that the base itself obeys, as it stands there now: the first of `OWNERS_PLACES`,
 * null where there is none. Its `content` is null where it is no regular file, which owns nothing.
 */
export interface BaseOwners {
  readonly path: string | null;
  readonly content: Content | null;
}

/**
 * What judging a change of the owners needs besides the changed files.
 *
 * `files` are `OWNERS_PLACES` as they stand on both sides, changed or not, in that order, without
 * those that no side has. `headPaths` are all paths of the head, absent where there are too many.
 */
export interface OwnersListing {
  readonly files: readonly ListedFile[];
  readonly headPaths?: readonly string[];
}

/** Why a file's bytes are not here. `not-a-file`: a submodule. */
export type Unread = "absent" | "too-large" | "not-a-file" | "missing-object";

/** One version's bytes, or why they are not here. */
export type Content = Uint8Array | { readonly unread: Unread };

/** A request for one version's bytes; what is larger than `maxBytes` comes back `too-large`. */
export interface Wanted {
  readonly path: string;
  readonly side: Side;
  readonly maxBytes: number;
}

/** Gathered bytes; look them up with `contentOf`. Keys are `contentKey(side, path)`. */
export type Contents = ReadonlyMap<string, Content>;

/** The key of one version in `Contents`. */
export function contentKey(side: Side, path: string): string {
  return `${side}:${path}`;
}

/** The gathered content of one version; what nobody gathered is `absent`. */
export function contentOf(contents: Contents, side: Side, path: string): Content {
  return contents.get(contentKey(side, path)) ?? { unread: "absent" };
}
