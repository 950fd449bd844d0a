import { treeCapability, type TreeReader } from "./tree-reader.ts";

/**
 * Tells which files may be started by their name: mode 100755. A `binary` is one that is not
 * text, or that was not read.
 */
export const executable: TreeReader = {
  name: "executable",
  kinds: { "tree.executable": ["script", "binary"] },
  read: (entry) => {
    if (entry.version.mode !== "100755") return [];
    const level = entry.text === null ? "binary" : "script";
    const grant = { kind: "tree.executable", name: "executable", certainty: "exact" } as const;
    return [treeCapability(entry, { ...grant, level })];
  },
};
