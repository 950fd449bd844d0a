import { changesSource } from "./changed-source.ts";
import { isGenerated } from "./generated-file.ts";
import { contentWay, treeCapability, type TreeReader } from "./tree-reader.ts";

/**
 * Tells which generated or minified files a change touches without what they are made from: nobody
 * reviews them, so that they are to follow from something that somebody did review.
 *
 * Whether the source is among the change is a property of both sides together. So each side tells
 * its own version, where the source is missing: a new file is added, other bytes are a raise, and
 * one that is moved as it is gives nothing.
 */
export const generated: TreeReader = {
  name: "generated",
  kinds: { "tree.generated": [] },
  read: (entry, change) => {
    const { path, content, text } = entry;
    if (text === null || !(content instanceof Uint8Array)) return [];
    if (!isGenerated(path, content) || changesSource(change)) return [];
    return [
      treeCapability(entry, {
        kind: "tree.generated",
        name: "generated without its source",
        reach: [contentWay(entry)],
        certainty: "heuristic",
      }),
    ];
  },
};
