import { pathText } from "../../change/path-text.ts";
import { printable } from "../printable.ts";
import { whyOutside } from "./link-target.ts";
import { contentWay, treeCapability, type TreeEntry, type TreeReader } from "./tree-reader.ts";
import { linkTree } from "./link-tree.ts";

/**
 * Tells where symbolic links point (mode 120000). `outside` is all that is not surely a place in
 * the repository's own tree, its `.git` left out: whoever writes through such a link writes there.
 */
export const symlink: TreeReader = {
  name: "symlink",
  kinds: { "tree.symlink": ["inside", "outside"] },
  read: (entry, change) => {
    if (entry.version.mode !== "120000") return [];
    const target = targetOf(entry);
    const why =
      target === null
        ? "its target was not read"
        : whyOutside(entry.path, target, linkTree(change)[entry.side]);
    return [
      treeCapability(entry, {
        kind: "tree.symlink",
        name: target === null ? "an unread target" : printable(target),
        level: why === null ? "inside" : "outside",
        context: why ?? "",
        reach: [contentWay(entry)],
        certainty: "exact",
      }),
    ];
  },
};

function targetOf({ content }: TreeEntry): string | null {
  return content instanceof Uint8Array ? pathText(content) : null;
}
