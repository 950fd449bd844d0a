import {
  type DataEntry,
  type DataMap,
  type DataNode,
  type DataScalar,
  entryAt,
} from "./data-node.ts";

/** What stands at a path of keys; undefined where one of them is missing or no map. */
export function valueAt(node: DataNode | undefined, ...keys: string[]): DataNode | undefined {
  if (keys.length === 0) return node;
  return node?.type === "map" ? entryAt(node, keys)?.value : undefined;
}

/** The entries of the map at a path of keys; none where there is no map. */
export function entriesAt(node: DataNode | undefined, ...keys: string[]): readonly DataEntry[] {
  return mapAt(node, ...keys)?.entries ?? [];
}

/** The map at a path of keys; undefined where there is none. */
export function mapAt(node: DataNode | undefined, ...keys: readonly string[]): DataMap | undefined {
  const map = valueAt(node, ...keys);
  return map?.type === "map" ? map : undefined;
}

/** The items of the list at a path of keys; none where there is no list. */
export function itemsAt(node: DataNode | undefined, ...keys: string[]): readonly DataNode[] {
  const list = valueAt(node, ...keys);
  return list?.type === "list" ? list.items : [];
}

/** The maps in the list at a path of keys. */
export function mapsAt(node: DataNode | undefined, ...keys: string[]): DataMap[] {
  return itemsAt(node, ...keys).filter((item) => item.type === "map");
}

/** The scalar at a path of keys; undefined where there is none, or null. */
export function scalarAt(node: DataNode | undefined, ...keys: string[]): DataScalar | undefined {
  const value = valueAt(node, ...keys);
  return value?.type === "scalar" && value.resolved !== "null" ? value : undefined;
}

/** The text of the scalar at a path of keys; undefined where there is none, or null. */
export function textAt(node: DataNode | undefined, ...keys: string[]): string | undefined {
  return scalarAt(node, ...keys)?.text;
}

/** The scalars at a path of keys: those of a list, or one that stands there alone. */
export function scalarsAt(node: DataNode | undefined, ...keys: string[]): DataScalar[] {
  const value = valueAt(node, ...keys);
  const items = value?.type === "list" ? value.items : value ? [value] : [];
  return items.filter((item) => item.type === "scalar" && item.resolved !== "null") as DataScalar[];
}

/** The values of the list at a path of keys; one that stands there alone is a list of one. */
export function listedAt(node: DataNode | undefined, ...keys: string[]): readonly DataNode[] {
  const value = valueAt(node, ...keys);
  if (!value) return [];
  return value.type === "list" ? value.items : [value];
}

/** As `listedAt`, the strings alone. */
export function stringsAt(node: DataNode | undefined, ...keys: string[]): DataScalar[] {
  return listedAt(node, ...keys).filter(isString);
}

/** The string at a path of keys; undefined where there is none. */
export function stringAt(node: DataNode | undefined, ...keys: string[]): DataScalar | undefined {
  const value = valueAt(node, ...keys);
  return value && isString(value) ? value : undefined;
}

function isString(node: DataNode): node is DataScalar {
  return node.type === "scalar" && node.resolved === "string";
}

/** Whether a node is the boolean true, and no text that looks like it. */
export function isTrue(node: DataNode | undefined): boolean {
  return node?.type === "scalar" && node.resolved === "boolean" && /^true$/i.test(node.text);
}

/** Whether a node is the boolean false, and no text that looks like it. */
export function isFalse(node: DataNode | undefined): boolean {
  return node?.type === "scalar" && node.resolved === "boolean" && /^false$/i.test(node.text);
}
