import type { DataMap, DataNode } from "../data/data-node.ts";

/** A setting of a package manager, whatever the file's format. */
export interface Setting {
  /** Of several maps one in the other their keys, with dots between them: `npmScopes.acme.npmAuthToken`. */
  readonly name: string;
  readonly text: string;
  readonly line: number;
}

/** How deep settings stand in each other, and the longest key that any of them has. */
const MAX_DEPTH = 4;
const MAX_KEY = 300;

/** The settings of a file as a tree; each item of a list is one of its own. */
export function settingsOf(root: DataMap): Setting[] {
  return settingsIn(root, [], root.line);
}

function settingsIn(node: DataNode, keys: readonly string[], line: number): Setting[] {
  if (node.type === "scalar") return [{ name: keys.join("."), text: node.text, line }];
  if (node.type === "list") {
    return node.items.flatMap((item) => settingsIn(item, keys, item.line));
  }
  if (keys.length >= MAX_DEPTH) return [];
  return node.entries
    .filter(({ key }) => key.text.length <= MAX_KEY)
    .flatMap(({ key, value }) =>
      // A dot within a key is none between two.
      settingsIn(value, [...keys, key.text.replaceAll(".", "\\.")], key.line),
    );
}
