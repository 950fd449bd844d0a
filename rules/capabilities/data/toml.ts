import { type AST, ParseError, parseTOML } from "toml-eslint-parser";
import { NotUnderstood, type Place } from "../not-understood.ts";
import {
  type DataEntry,
  type DataMap,
  type DataNode,
  type DataScalar,
  flowScalar,
} from "./data-node.ts";
import { decodeText } from "./text.ts";
import { MAX_DEPTH } from "./yaml-tree.ts";

/**
 * Parses a TOML document (1.0, and what 1.1 adds) into the tree that YAML gives as well, with
 * places. A table that is written in parts is one map, which stands where its first part does; an
 * array of tables is a list. Dates are strings as written.
 *
 * Throws `NotUnderstood` for what is over a cap of size or depth, not UTF-8 or not TOML, to which
 * a key that is defined twice belongs.
 */
export function parseToml(content: Uint8Array, maxBytes: number): DataMap {
  const [table] = parseProgram(decodeText(content, maxBytes, { grammar: "toml" })).body;
  const root = new OpenTable(table.loc.start);
  for (const part of table.body) {
    if (part.type === "TOMLKeyValue") define(root, part);
    else defineTable(root, part);
  }
  return root.closed();
}

function parseProgram(text: string): AST.TOMLProgram {
  try {
    return parseTOML(text, { tomlVersion: "1.1" });
  } catch (error) {
    // The parser recurses once for each nesting, long beyond what is read below.
    if (error instanceof RangeError) throw tooDeep();
    if (!(error instanceof ParseError)) throw error;
    const place = { line: error.lineNumber, column: error.column + 1 };
    throw new NotUnderstood("not-toml", `not valid TOML: ${error.message}`, place);
  }
}

function tooDeep(): NotUnderstood {
  return new NotUnderstood("too-deep", "nested too deep");
}

type Key = AST.TOMLBare | AST.TOMLQuoted;

/** A map that later parts of the file may still add to. */
class OpenTable {
  readonly #place: Place;
  readonly #entries = new Map<string, { readonly key: DataScalar; value: OpenNode }>();
  #endLine: number;

  constructor({ line, column }: AST.Position) {
    this.#place = { line, column: column + 1 };
    this.#endLine = line;
  }

  reach(line: number): void {
    this.#endLine = Math.max(this.#endLine, line);
  }

  set(key: Key, value: OpenNode): void {
    this.#entries.set(nameOf(key), { key: keyScalar(key), value });
  }

  /** The table at a key, or the last one of its array; a new one where there is none yet. */
  tableAt(key: Key): OpenTable {
    const known = this.#entries.get(nameOf(key))?.value;
    const table = Array.isArray(known) ? known.at(-1) : known;
    if (table instanceof OpenTable) return table;
    const opened = new OpenTable(key.loc.start);
    this.set(key, opened);
    return opened;
  }

  /** A new table at the end of the array at a key. */
  nextTableAt(key: Key): OpenTable {
    const known = this.#entries.get(nameOf(key))?.value;
    const opened = new OpenTable(key.loc.start);
    if (Array.isArray(known)) known.push(opened);
    else this.set(key, [opened]);
    return opened;
  }

  closed(): DataMap {
    const entries = [...this.#entries.values()].map(({ key, value }): DataEntry => {
      return { key, value: closedNode(value) };
    });
    const endLine = entries.reduce((end, { value }) => Math.max(end, value.endLine), this.#endLine);
    return { type: "map", entries, ...this.#place, endLine };
  }
}

/** What stands at a key while the file is walked: an array of tables grows by later parts too. */
type OpenNode = DataNode | OpenTable | OpenTable[];

function closedNode(node: OpenNode): DataNode {
  if (node instanceof OpenTable) return node.closed();
  if (!Array.isArray(node)) return node;
  const items = node.map((table) => table.closed());
  const { line, column } = items[0] ?? { line: 1, column: 1 };
  return { type: "list", items, line, column, endLine: items.at(-1)?.endLine ?? line };
}

function defineTable(root: OpenTable, { kind, key, body, loc }: AST.TOMLTable): void {
  const [last, parent] = lastKeyOf(key, root);
  const table = kind === "array" ? parent.nextTableAt(last) : parent.tableAt(last);
  table.reach(loc.end.line);
  for (const part of body) define(table, part);
}

function define(table: OpenTable, { key, value }: AST.TOMLKeyValue, depth = 1): void {
  const [last, parent] = lastKeyOf(key, table);
  parent.set(last, nodeOf(value, depth + key.keys.length));
}

/** The last key of a dotted one, and the table that it stands in. */
function lastKeyOf({ keys }: AST.TOMLKey, from: OpenTable): [Key, OpenTable] {
  if (keys.length > MAX_DEPTH) throw tooDeep();
  const last = keys.at(-1);
  if (!last) throw new NotUnderstood("not-toml", "not valid TOML: a key without a name");
  return [last, keys.slice(0, -1).reduce((table, key) => table.tableAt(key), from)];
}

function nodeOf(value: AST.TOMLContentNode, depth: number): DataNode {
  if (depth > MAX_DEPTH) throw tooDeep();
  const { start, end } = value.loc;
  const span = { line: start.line, column: start.column + 1, endLine: end.line };
  if (value.type === "TOMLArray") {
    const items = value.elements.map((element) => nodeOf(element, depth + 1));
    return { type: "list", items, ...span };
  }
  if (value.type === "TOMLValue") return { ...scalarOf(value), ...span };
  const table = new OpenTable(start);
  table.reach(end.line);
  for (const part of value.body) define(table, part, depth);
  return table.closed();
}

function scalarOf(value: AST.TOMLValue) {
  switch (value.kind) {
    case "string":
      return flowScalar("string", value.value);
    case "boolean":
      return flowScalar("boolean", String(value.value));
    case "integer":
    case "float":
      return flowScalar("number", value.number);
    default:
      return flowScalar("string", value.datetime);
  }
}

function nameOf(key: Key): string {
  return key.type === "TOMLBare" ? key.name : key.value;
}

function keyScalar(key: Key): DataScalar {
  const { start, end } = key.loc;
  const span = { line: start.line, column: start.column + 1, endLine: end.line };
  return { ...flowScalar("string", nameOf(key)), ...span };
}
