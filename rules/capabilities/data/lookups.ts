import {
  type DataEntry,
  type DataMap,
  type DataNode,
  type DataScalar,
  entryAt,
} from "./data-node.ts";

/** The values of a list that is found at a path of keys; a single value is a list of one. */
export function itemsAt(root: DataMap, ...keys: string[]): readonly DataNode[] {
  const value = entryAt(root, keys)?.value;
  if (!value) return [];
  return value.type === "list" ? value.items : [value];
}

/** As `itemsAt`, the texts alone. */
export function textsAt(root: DataMap, ...keys: string[]): readonly DataScalar[] {
  return itemsAt(root, ...keys).filter((item): item is DataScalar => isText(item));
}

/** As `itemsAt`, the maps alone. */
export function mapsAt(root: DataMap, ...keys: string[]): readonly DataMap[] {
  return itemsAt(root, ...keys).filter((item): item is DataMap => item.type === "map");
}

/** The entries of a map that is found at a path of keys. */
export function entriesAt(root: DataMap, ...keys: string[]): readonly DataEntry[] {
  const value = entryAt(root, keys)?.value;
  return value?.type === "map" ? value.entries : [];
}

/** The text at a path of keys. */
export function textAt(root: DataMap, ...keys: string[]): DataScalar | undefined {
  const value = entryAt(root, keys)?.value;
  return value && isText(value) ? value : undefined;
}

/** Whether `true` stands at a path of keys. */
export function isTrueAt(root: DataMap, ...keys: string[]): boolean {
  const value = entryAt(root, keys)?.value;
  return value?.type === "scalar" && value.resolved === "boolean" && value.text === "true";
}

function isText(node: DataNode): node is DataScalar {
  return node.type === "scalar" && node.resolved === "string";
}
