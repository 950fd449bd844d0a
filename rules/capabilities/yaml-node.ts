import { onceForEach } from "./once-for-each.ts";
import type { Place } from "./not-understood.ts";

/** A value with its type in YAML 1.2's core schema: `on` and `yes` are strings. */
export interface YamlScalar extends Place {
  readonly type: "scalar";
  readonly resolved: "string" | "null" | "boolean" | "number";
  /** The string, unquoted and unfolded; as written where it is no string, "" for null. */
  readonly text: string;
  readonly endLine: number;
  /** How it is written: a block (`|`, `>`), or within its lines. */
  readonly style: "literal" | "folded" | "flow";
  /** The comment that stands behind it on its last line, without `#`; "" where there is none. */
  readonly comment: string;
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

/**
 * The lines where a part of a scalar's text stands, from `offset` on: exactly one in a literal
 * block and in a scalar of one line, else all of its lines.
 */
export function linesAt(
  scalar: YamlScalar,
  offset: number,
): { readonly line: number; readonly endLine: number } {
  return linesOfRows(scalar, hasRows(scalar) ? breaksBefore(scalar, offset) : 0);
}

/** As `linesAt`, for whoever counts the rows of a text, from 0. */
export function linesOfRows(
  scalar: YamlScalar,
  row: number,
): { readonly line: number; readonly endLine: number } {
  const { line, endLine } = scalar;
  if (!hasRows(scalar)) return { line, endLine };
  return { line: line + 1 + row, endLine: line + 1 + row };
}

/** Whether each row of a text has its own line: in a literal block, and not where an alias is. */
function hasRows({ style, line, endLine }: YamlScalar): boolean {
  return style === "literal" && endLine !== line;
}

/** Where each text's line breaks stand: one block may be asked for thousands of places. */
const breaksOf = onceForEach(findBreaks);

function breaksBefore(scalar: YamlScalar, offset: number): number {
  const breaks = breaksOf(scalar);
  let [low, high] = [0, breaks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((breaks[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function findBreaks({ text }: YamlScalar): readonly number[] {
  const breaks: number[] = [];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) breaks.push(at);
  return breaks;
}
