import { onceForEach } from "../once-for-each.ts";
import { contentOf, type Side } from "../../change/listing.ts";
import { pathText } from "../../change/path-text.ts";
import type { TreeChange } from "./tree-reader.ts";

/** The links of one side by the segments of their paths; `target` stands where a link is. */
export interface LinkNode {
  readonly below: Map<string, LinkNode>;
  target?: string;
}

/** The symbolic links that a change touches, on each side. Targets are written as `pathText` does. */
export const linkTree = onceForEach((change: TreeChange) => ({
  base: linksOf(change, "base"),
  head: linksOf(change, "head"),
}));

function linksOf({ listing, contents }: TreeChange, side: Side): LinkNode {
  const root: LinkNode = { below: new Map() };
  for (const { path, [side]: version } of listing.files) {
    if (version?.mode !== "120000") continue;
    const content = contentOf(contents, side, path);
    // An unread target is as good as one that leads outside.
    nodeAt(root, path).target = content instanceof Uint8Array ? pathText(content) : "/";
  }
  return root;
}

function nodeAt(root: LinkNode, path: string): LinkNode {
  let node = root;
  for (const segment of path.split("/")) {
    const next = node.below.get(segment) ?? { below: new Map<string, LinkNode>() };
    node.below.set(segment, next);
    node = next;
  }
  return node;
}
