import type { Place } from "./not-understood.ts";

/** A value with its type in YAML 1.2's core schema: `on` and `yes` are strings. */
export interface YamlScalar extends Place {
  readonly type: "scalar";
  readonly resolved: "string" | "null" | "boolean" | "number";
  /** The string, unquoted and unfolded; as written where it is no string, "" for null. */
  readonly text: string;
  readonly endLine: number;
}

export interface YamlList extends Place {
  readonly type: "list";
  readonly items: readonly YamlNode[];
  readonly endLine: number;
}

export interface YamlMap extends Place {
  readonly type: "map";
  /** In the order of the file; no two keys have the same text. */
  readonly entries: readonly YamlEntry[];
  readonly endLine: number;
}

export interface YamlEntry {
  readonly key: YamlScalar;
  readonly value: YamlNode;
}

/** A node where it takes effect: an alias stands at its own line, with its anchor's content. */
export type YamlNode = YamlScalar | YamlList | YamlMap;

/** A map's entry by its key, or undefined. */
export function entryOf(map: YamlMap, key: string): YamlEntry | undefined {
  return map.entries.find((entry) => entry.key.text === key);
}
