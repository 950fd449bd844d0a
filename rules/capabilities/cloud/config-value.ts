/** A text; not `literal` where something in it is only known when it is applied: `${var.name}/*`. */
export interface ConfigText {
  readonly type: "text";
  readonly text: string;
  readonly literal: boolean;
  readonly line: number;
}

/** Values of which each may count: a list, or what a condition or a function chooses from. */
export interface ConfigList {
  readonly type: "list";
  readonly items: readonly ConfigValue[];
  readonly line: number;
}

/** Keys may repeat: blocks of one type, and the same key twice in a merge. */
export interface ConfigMap {
  readonly type: "map";
  readonly entries: readonly ConfigEntry[];
  readonly line: number;
}

export interface ConfigEntry {
  readonly key: string;
  readonly line: number;
  readonly value: ConfigValue;
}

/**
 * A value of a configuration in any language. What is not written out is a text in one spelling,
 * between `${` and `}`; null is an empty list. Lines are 1-based.
 */
export type ConfigValue = ConfigText | ConfigList | ConfigMap;

/** What a map holds under these keys. Keys count alike in `snake_case`, `PascalCase` and any other case. */
export function valuesAt(map: ConfigMap, ...keys: readonly string[]): readonly ConfigValue[] {
  const wanted = keys.map(plainKey);
  return map.entries.filter(({ key }) => wanted.includes(plainKey(key))).map(({ value }) => value);
}

/** The texts that a map holds under these keys, lists opened. */
export function textsAt(map: ConfigMap, ...keys: readonly string[]): readonly ConfigText[] {
  return valuesAt(map, ...keys).flatMap(textsIn);
}

/** The maps that a map holds under these keys, lists opened. */
export function mapsAt(map: ConfigMap, ...keys: readonly string[]): readonly ConfigMap[] {
  return valuesAt(map, ...keys).flatMap(mapsIn);
}

/** Every text of a value, lists opened, without those inside of maps. */
export function textsIn(value: ConfigValue): readonly ConfigText[] {
  if (value.type === "text") return [value];
  return value.type === "list" ? value.items.flatMap(textsIn) : [];
}

/** Every map of a value, lists opened, without those inside of maps. */
export function mapsIn(value: ConfigValue): readonly ConfigMap[] {
  if (value.type === "map") return [value];
  return value.type === "list" ? value.items.flatMap(mapsIn) : [];
}

/** A key in one spelling: `cidr_blocks`, `CidrBlocks` and `cidrBlocks` are one. */
export function plainKey(key: string): string {
  return key.replaceAll("_", "").toLowerCase();
}

/** One text for all spellings of a value: the order of a map's keys does not count. */
export function canonicalConfig(value: ConfigValue): string {
  if (value.type === "text") return JSON.stringify(value.text);
  if (value.type === "list") return `[${value.items.map(canonicalConfig).join()}]`;
  const entries = value.entries.map(
    ({ key, value: inner }) => `${JSON.stringify(key)}:${canonicalConfig(inner)}`,
  );
  return `{${entries.sort().join()}}`;
}
