import { onceForEach } from "../once-for-each.ts";
import { isGitFolder, isGitModules } from "../../change/git-name.ts";
import { pathBytes } from "../../change/path-text.ts";
import type { Capability } from "../capability.ts";
import { wayTo } from "../reach.ts";
import { hidesCharacters } from "./hidden-name.ts";
import { treeCapability, type TreeEntry, type TreeReader, type TreeChange } from "./tree-reader.ts";

/**
 * Tells which paths are traps: what one system stores and another one reads as something else.
 *
 * `alike`: it differs from another path in case or Unicode form alone, and many file systems keep
 * only one of the two. `reserved`: Windows opens a device, or another file. `git`: some file
 * system reads a part of it as `.git` or `.gitmodules`. `control`: it holds characters that nobody
 * sees, or bytes that are not UTF-8. The path is the grant: at another path it is another one.
 */
export const pathName: TreeReader = {
  name: "path-name",
  kinds: { "tree.path": [] },
  read: (entry, change) => {
    const other = entry.side === "head" ? alikePaths(change).get(entry.path) : undefined;
    const { text, isUtf8 } = decoded(entry.path);
    const found = [
      other !== undefined && trap(entry, "alike", `differs from ${other} in case or form only`),
      isReserved(text) && trap(entry, "reserved", "Windows stores it under another name"),
      isReadByGit(text) && trap(entry, "git", "some file systems read it as git's own"),
      !isUtf8 && trap(entry, "control", "holds bytes that are not UTF-8"),
      isUtf8 &&
        hidesCharacters(text) &&
        trap(entry, "control", "holds characters that do not show"),
    ];
    return found.filter((capability) => capability !== false);
  },
};

const alikePaths = onceForEach(
  ({ listing }: TreeChange): ReadonlyMap<string, string | undefined> =>
    new Map(listing.files.map(({ path, alike }) => [path, alike])),
);

function trap(entry: TreeEntry, name: string, context: string): Capability {
  return treeCapability(entry, {
    ...{ kind: "tree.path", name, context, certainty: "exact" },
    reach: [wayTo(`path:${entry.path}`, 1)],
  });
}

/** Turns `a\\b` and `caf\xe9` back into the names that they stand for. */
function decoded(path: string): { text: string; isUtf8: boolean } {
  if (!path.includes("\\")) return { text: path, isUtf8: true };
  const isUtf8 = !path.replaceAll("\\\\", "").includes("\\");
  const bytes = pathBytes(path) ?? new TextEncoder().encode(path);
  return { text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), isUtf8 };
}

/** What Windows opens as a device, whatever stands behind the first dot. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(?:\.|$)/i;

function isReserved(path: string): boolean {
  const isTrap = (segment: string): boolean => DEVICE.test(segment) || /[. ]$|[:\\]/.test(segment);
  return path.split("/").some(isTrap);
}

function isReadByGit(path: string): boolean {
  const segments = path.split(/[/\\]/);
  if (segments.some(isGitFolder)) return true;
  const [first = ""] = segments;
  return segments.length === 1 && first !== ".gitmodules" && isGitModules(first);
}
