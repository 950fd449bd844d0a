import { foldedName } from "./folded-name.ts";

/**
 * Whether some file system reads a path's segment as git's own folder: `.git` itself, `.GIT`,
 * `.git ` and `.git.` (NTFS drops what they end in), `git~1` (its short name there),
 * `.git::$INDEX_ALLOCATION` (a stream of it), `.g\u200cit` (HFS+ ignores the joiner).
 *
 * Source: `is_ntfs_dotgit` and `is_hfs_dotgit` of git's path.c and utf8.c.
 */
export function isGitFolder(segment: string): boolean {
  const name = storedName(segment);
  return name === ".git" || name === "git~1";
}

/** Whether some file system reads a segment as `.gitmodules`; git's own spelling is one of them. */
export function isGitModules(segment: string): boolean {
  const name = storedName(segment);
  return name === ".gitmodules" || /^(?:gitmod~[1-4]|gi7eb[0-9a-f]~[1-9])$/.test(name);
}

function storedName(segment: string): string {
  const stream = segment.indexOf(":");
  const name = foldedName(stream === -1 ? segment : segment.slice(0, stream));
  let end = name.length;
  while (end > 0 && ". ".includes(name.charAt(end - 1))) end -= 1;
  return name.slice(0, end);
}
