import { type ListedFile, type Listing, mayFollowTheBase } from "../change/listing.ts";
import type { Claim } from "./capability.ts";

/** A file of the head that merging may put where a reader claims it. */
export interface CarriedFile {
  readonly path: string;
  readonly claim: Claim;
}

/** Paths that are tried; no honest change comes near, and who writes the head chooses how many. */
const MAX_TRIED = 1_000_000;

/**
 * The files of a change that merging may carry to a path that a reader claims, in the order of the
 * listing, each with the strongest claim that `claimAt` makes.
 *
 * A merge that detects renames puts an edit where the base moved the file to, and a new file where
 * it moved the folder to: the head shows neither there, so that nothing has judged what it grants.
 * Which file became which is git's guess by likeness, which who writes the head can steer; so any
 * path that the base added counts as the new place of a file, and any folder above one as that of
 * a folder. A folder's new place need hold nothing that is claimed yet. Where the paths that the
 * base added are unknown, or are too many to try, each such file counts as one that grants.
 */
export function carriedFiles(
  { files, baseAdded }: Listing,
  claimAt: (path: string) => Claim | null,
): CarriedFile[] {
  const following = files.filter(mayFollowTheBase);
  if (following.length === 0) return [];
  const claimOf = baseAdded ? claimWherever(baseAdded, claimAt) : () => "grants" as const;
  return following.flatMap((file) => {
    const claim = claimOf(file);
    return claim ? [{ path: file.path, claim }] : [];
  });
}

/** What a file is claimed as, wherever these paths let the base have moved it or its folder. */
function claimWherever(
  baseAdded: readonly string[],
  claimAt: (path: string) => Claim | null,
): (file: ListedFile) => Claim | null {
  const ofEdited = stronger(baseAdded.map(claimAt));
  const folders = foldersAbove(baseAdded);
  let left = MAX_TRIED;
  return ({ path, folderGone }) => {
    if (folderGone === undefined) return ofEdited;
    const rests = left < 0 ? [] : restsBelow(folderGone, path);
    left -= rests.length * folders.length;
    if (left < 0) return "grants";
    return stronger(rests.flatMap((rest) => folders.map((folder) => claimAt(folder + rest))));
  };
}

/** For a file `a/b/c`: `a/b/`, `a/` and the root, which is empty. */
function foldersAbove(paths: readonly string[]): string[] {
  const folders = new Set([""]);
  for (const path of paths) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end + 1);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return [...folders];
}

/**
 * For `a` and `a/b/c`: `b/c` and `c`. A folder inside the one that is gone may have moved to
 * another place than its siblings.
 */
function restsBelow(folder: string, path: string): string[] {
  const rests: string[] = [];
  for (let slash = folder.length; slash !== -1; slash = path.indexOf("/", slash + 1)) {
    rests.push(path.slice(slash + 1));
  }
  return rests;
}

function stronger(claims: readonly (Claim | null)[]): Claim | null {
  if (claims.includes("grants")) return "grants";
  return claims.includes("resembles") ? "resembles" : null;
}
