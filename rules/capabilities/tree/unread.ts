import type { Unread } from "../../change/listing.ts";
import { fileKind } from "../../change/renames.ts";
import { contentWay, treeCapability, type TreeReader } from "./tree-reader.ts";

const WHY: Readonly<Record<Unread, string>> = {
  absent: "its content was not gathered",
  "too-large": "too large, alone or with the rest of the change",
  "not-a-file": "not a file",
  "missing-object": "its object is missing",
};

/** Tells which files were not read, so that nothing is known of what they hold. Other bytes are a raise. */
export const unread: TreeReader = {
  name: "unread",
  kinds: { "tree.unread": [] },
  read: (entry) => {
    const { content, version } = entry;
    if (content instanceof Uint8Array || fileKind(version.mode) !== "file") return [];
    const name = WHY[content.unread];
    const reach = [contentWay(entry)];
    return [treeCapability(entry, { kind: "tree.unread", name, certainty: "exact", reach })];
  },
};
