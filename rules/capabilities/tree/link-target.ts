import { isGitFolder } from "../../change/git-name.ts";
import type { LinkNode } from "./link-tree.ts";

/** Longer than any system follows: a kernel's own limits are 4,096 bytes and 40 links. */
const MAX_CHARACTERS = 4_096;

/** Of all targets that one link leads through, so that links in a circle end too. */
const MAX_SEGMENTS = 4_096;

/** A drive (`C:`) counts too: the target is judged for every system. */
const ABSOLUTE = /^(?:\/|[A-Za-z]:)/;

/**
 * Why a link's target is not surely inside the repository, null where it is.
 *
 * `path` and `target` are written as `pathText` does, so that a backslash is doubled; it is read
 * both as a character of a name and as the separator that it is on Windows. The target is walked
 * from the link's folder as a kernel does, through the other links of `links`.
 */
export function whyOutside(path: string, target: string, links: LinkNode): string | null {
  const start = { folder: path.split("/").slice(0, -1), target };
  return walk(start, links, (text) => text) ?? walk(start, links, windowsText);
}

interface Start {
  readonly folder: readonly string[];
  readonly target: string;
}

function windowsText(text: string): string {
  return text.replaceAll("\\\\", "/");
}

function walk(
  { folder, target }: Start,
  links: LinkNode,
  spelled: (target: string) => string,
): string | null {
  // Where the walk stands, from the root down; undefined is what holds no link of this change.
  const here: (LinkNode | undefined)[] = [links];
  for (const name of folder) here.push(here.at(-1)?.below.get(name));
  // Folders above the link itself are none; what a target names may be one that stays as it is.
  let folders = here.length;
  const ahead: string[] = [];
  let followed: string | undefined = target;
  for (let left = MAX_SEGMENTS; ;) {
    if (followed !== undefined) {
      const refusal = whyUnfollowed(spelled(followed));
      if (refusal !== null) return refusal;
      const names = spelled(followed).split("/");
      left -= names.length;
      if (left < 0) return "its target leads through too many folders and links";
      ahead.push(...names.reverse());
    }
    const segment = ahead.pop();
    if (segment === undefined) return null;
    if (isGitFolder(segment)) return "its target leads into git's own folder";
    followed = undefined;
    if (segment === "..") {
      if (here.length > folders && here.at(-1) === undefined)
        return "its target goes up again from what may be a link";
      here.pop();
      folders = Math.min(folders, here.length);
    } else if (segment !== "" && segment !== ".") {
      const next = here.at(-1)?.below.get(segment);
      followed = next?.target;
      if (followed === undefined) here.push(next);
    }
    if (here.length === 0) return "its target leaves the repository";
  }
}

function whyUnfollowed(target: string): string | null {
  if (target === "") return "its target is empty";
  if (target.includes("\0")) return "its target holds a NUL";
  if (target.length > MAX_CHARACTERS) return "its target is too long to be followed";
  return ABSOLUTE.test(target) ? "its target is an absolute path" : null;
}
