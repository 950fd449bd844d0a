import {
  type DataEntry,
  type DataMap,
  type DataNode,
  type DataScalar,
  entryAt,
} from "./data-node.ts";

/** The scalar that a path of keys leads to, or undefined. */
export function scalarAt(map: DataMap, ...keys: readonly string[]): DataScalar | undefined {
  const value = entryAt(map, keys)?.value;
  return value?.type === "scalar" ? value : undefined;
}

/** The text of the scalar that a path of keys leads to, or undefined. */
export function textAt(map: DataMap, ...keys: readonly string[]): string | undefined {
  return scalarAt(map, ...keys)?.text;
}

/** The entries of the map that a path of keys leads to; none where there is no map. */
export function entriesAt(map: DataMap, ...keys: readonly string[]): readonly DataEntry[] {
  const value = entryAt(map, keys)?.value;
  return value?.type === "map" ? value.entries : [];
}

/** The items of the list that a path of keys leads to; none where there is no list. */
export function itemsAt(map: DataMap, ...keys: readonly string[]): readonly DataNode[] {
  const value = entryAt(map, keys)?.value;
  return value?.type === "list" ? value.items : [];
}

/** The maps of the list that a path of keys leads to. */
export function mapsAt(map: DataMap, ...keys: readonly string[]): readonly DataMap[] {
  return itemsAt(map, ...keys).filter((item) => item.type === "map");
}

/** The scalars of the list that a path of keys leads to; a scalar alone stands for a list of it. */
export function scalarsAt(map: DataMap, ...keys: readonly string[]): readonly DataScalar[] {
  const alone = scalarAt(map, ...keys);
  return alone ? [alone] : itemsAt(map, ...keys).filter((item) => item.type === "scalar");
}
