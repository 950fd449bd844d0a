import { onceForEach } from "../once-for-each.ts";
import type { Place } from "../not-understood.ts";

/** Where a node stands, and the tag that a YAML file gives it (`!Ref`) where its reader keeps tags. */
interface Placed extends Place {
  readonly endLine: number;
  readonly tag?: string;
}

/** A value with its type in YAML 1.2's core schema: `on` and `yes` are strings. */
export interface DataScalar extends Placed {
  readonly type: "scalar";
  readonly resolved: "string" | "null" | "boolean" | "number";
  /** The string, unquoted and unfolded; as written where it is no string, "" for null. */
  readonly text: string;
  /** How it is written: a block (`|`, `>`), or within its lines. */
  readonly style: "literal" | "folded" | "flow";
  /** The comment that stands behind it on its last line, without `#`; "" where there is none. */
  readonly comment: string;
}

export interface DataList extends Placed {
  readonly type: "list";
  readonly items: readonly DataNode[];
}

export interface DataMap extends Placed {
  readonly type: "map";
  /** In the order of the file; no two keys have the same text. */
  readonly entries: readonly DataEntry[];
}

export interface DataEntry {
  readonly key: DataScalar;
  readonly value: DataNode;
}

/** A node where it takes effect: an alias stands at its own line, with its anchor's content. */
export type DataNode = DataScalar | DataList | DataMap;

/** A scalar in a format that knows neither blocks nor comments behind values. */
export function flowScalar(
  resolved: DataScalar["resolved"],
  text: string,
): Omit<DataScalar, "line" | "column" | "endLine"> {
  return { type: "scalar", resolved, text, style: "flow", comment: "" };
}

/** A map's entry by its key, or undefined. */
export function entryOf(map: DataMap, key: string): DataEntry | undefined {
  if (map.entries.length > FEW) return entriesByKey(map).get(key);
  return map.entries.find((entry) => entry.key.text === key);
}

/** So many entries are looked through as fast as they are found by an index. */
const FEW = 16;

const entriesByKey = onceForEach(
  ({ entries }: DataMap) => new Map(entries.map((entry) => [entry.key.text, entry])),
);

/** The entry that a path of keys leads to, from map to map; undefined where one of them is no map. */
export function entryAt(map: DataMap, keys: readonly string[]): DataEntry | undefined {
  const [first = "", ...rest] = keys;
  const entry = entryOf(map, first);
  if (rest.length === 0 || !entry) return entry;
  return entry.value.type === "map" ? entryAt(entry.value, rest) : undefined;
}

/**
 * The lines where a part of a scalar's text stands, from `offset` on: exactly one in a literal
 * block and in a scalar of one line, else all of its lines.
 */
export function linesAt(
  scalar: DataScalar,
  offset: number,
): { readonly line: number; readonly endLine: number } {
  return linesOfRows(scalar, hasRows(scalar) ? breaksBefore(scalar, offset) : 0);
}

/** As `linesAt`, for whoever counts the rows of a text, from 0. */
export function linesOfRows(
  scalar: DataScalar,
  row: number,
): { readonly line: number; readonly endLine: number } {
  const { line, endLine } = scalar;
  if (!hasRows(scalar)) return { line, endLine };
  return { line: line + 1 + row, endLine: line + 1 + row };
}

/** Whether each row of a text has its own line: in a literal block, and not where an alias is. */
function hasRows({ style, line, endLine }: DataScalar): boolean {
  return style === "literal" && endLine !== line;
}

/** Where each text's line breaks stand: one block may be asked for thousands of places. */
const breaksOf = onceForEach(findBreaks);

function breaksBefore(scalar: DataScalar, offset: number): number {
  const breaks = breaksOf(scalar);
  let [low, high] = [0, breaks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((breaks[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function findBreaks({ text }: DataScalar): readonly number[] {
  const breaks: number[] = [];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) breaks.push(at);
  return breaks;
}
