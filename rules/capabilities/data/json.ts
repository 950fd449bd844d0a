import { printParseErrorCode, visit } from "jsonc-parser";
import { NotUnderstood, type Place } from "../not-understood.ts";
import {
  type DataEntry,
  type DataMap,
  type DataNode,
  type DataScalar,
  flowScalar,
} from "./data-node.ts";
import type { HandedLists } from "./handed-lists.ts";
import { ambiguousCharacter, decodeText } from "./text.ts";
import { MAX_DEPTH } from "./yaml-tree.ts";

/** Nodes of the largest file that is read: a lock file of a few thousand packages has a tenth. */
const MAX_NODES = 1_000_000;

/** They end a comment of one line for parsers that read JSON as JavaScript, and for no other. */
const UNLIKE_BREAKS = /^\/\/.*[\u2028\u2029]/;

/** How a file's readers on the other side take JSON. */
export interface JsonDialect {
  readonly maxBytes: number;
  /** Whether comments and trailing commas may stand in it, as in JSONC; else both are refused. */
  readonly comments?: "allowed";
}

/** Nodes of a file whose lists are handed over: none of them stays. */
const MAX_HANDED_NODES = 4 * MAX_NODES;

/**
 * Parses one JSON document (RFC 8259) into the tree that YAML gives as well, with places.
 *
 * Throws `NotUnderstood` for what is over a cap of size, nodes or depth, what is not UTF-8 or not
 * JSON, for comments that end elsewhere for other parsers, and for a key that its object already has, of which parsers keep one or the other.
 */
export function parseJson(content: Uint8Array, dialect: JsonDialect): DataNode {
  return parseInto(content, dialect, null);
}

/**
 * As `parseJson`, for files that are too large to be held as a tree: the entries of these lists,
 * where they are objects, are taken one by one in the order of the file, and are not in the tree.
 */
export function parseJsonLists(
  content: Uint8Array,
  dialect: JsonDialect,
  handed: HandedLists,
): DataNode {
  return parseInto(content, dialect, handed);
}

function parseInto(
  content: Uint8Array,
  dialect: JsonDialect,
  handed: HandedLists | null,
): DataNode {
  const text = decodeText(content, dialect.maxBytes, { grammar: "json" });
  const tree = new TreeBuilder(text, handed);
  visit(
    text,
    {
      onObjectBegin: (...[, , line, character]) => {
        tree.open("map", placeOf(line, character));
      },
      onArrayBegin: (...[, , line, character]) => {
        tree.open("list", placeOf(line, character));
      },
      onObjectEnd: (...[, , line]) => {
        tree.close(line + 1);
      },
      onArrayEnd: (...[, , line]) => {
        tree.close(line + 1);
      },
      onObjectProperty: (name, ...[, , line, character]) => {
        tree.key(name, placeOf(line, character));
      },
      onLiteralValue: (value: unknown, offset, length, line, character) => {
        tree.scalar(value, text.slice(offset, offset + length), placeOf(line, character));
      },
      onComment: (offset, length, line, character) => {
        if (UNLIKE_BREAKS.test(text.slice(offset, offset + length))) {
          throw ambiguousCharacter(placeOf(line, character));
        }
      },
      onError: (error, ...[, , line, character]) => {
        const why = `not valid JSON: ${printParseErrorCode(error)}`;
        throw new NotUnderstood("not-json", why, placeOf(line, character));
      },
    },
    dialect.comments === "allowed" ? { allowTrailingComma: true } : { disallowComments: true },
  );
  return tree.root();
}

/** As the parser counts: from 0. */
function placeOf(line: number, character: number): Place {
  return { line: line + 1, column: character + 1 };
}

interface OpenMap extends Place {
  readonly type: "map";
  readonly entries: DataEntry[];
  readonly keys: Set<string>;
  key: DataScalar | null;
}

interface OpenList extends Place {
  readonly type: "list";
  readonly items: DataNode[];
}

/** Builds the tree while the text is walked; what is open is a stack. */
class TreeBuilder {
  readonly #open: (OpenMap | OpenList)[] = [];
  readonly #text: string;
  readonly #handed: HandedLists | null;
  #root: DataNode | null = null;
  #nodes = 0;

  constructor(text: string, handed: HandedLists | null) {
    this.#text = text;
    this.#handed = handed;
  }

  open(type: "map" | "list", place: Place): void {
    if (this.#open.length >= MAX_DEPTH - 1) {
      throw new NotUnderstood("too-deep", "nested too deep", place);
    }
    this.#count(place);
    this.#open.push(
      type === "map"
        ? { type, entries: [], keys: new Set(), key: null, ...place }
        : { type, items: [], ...place },
    );
  }

  close(endLine: number): void {
    const open = this.#open.pop();
    if (!open) return;
    const { line, column } = open;
    this.#add(
      open.type === "map"
        ? mapOf(open, endLine)
        : { type: "list", items: open.items, line, column, endLine },
    );
  }

  key(name: string, place: Place): void {
    const open = this.#open.at(-1);
    if (open?.type !== "map") return;
    if (open.keys.has(name)) {
      throw new NotUnderstood("duplicate-key", "a key that its object already has", place);
    }
    this.#count(place);
    open.keys.add(name);
    open.key = { ...flowScalar("string", name), ...place, endLine: place.line };
  }

  scalar(value: unknown, source: string, place: Place): void {
    this.#count(place);
    const span = { ...place, endLine: place.line };
    if (typeof value === "string") this.#add({ ...flowScalar("string", value), ...span });
    else if (value === null) this.#add({ ...flowScalar("null", ""), ...span });
    else {
      const resolved = typeof value === "boolean" ? "boolean" : "number";
      this.#add({ ...flowScalar(resolved, source), ...span });
    }
  }

  root(): DataNode {
    if (this.#root) return this.#root;
    const line = this.#text.split("\n").length;
    throw new NotUnderstood("not-json", "not valid JSON: no document", { line, column: 1 });
  }

  #add(node: DataNode): void {
    const open = this.#open.at(-1);
    if (!open) this.#root = node;
    else if (open.type === "list") open.items.push(node);
    else if (open.key) this.#enter(open, { key: open.key, value: node });
  }

  #enter(open: OpenMap, entry: DataEntry): void {
    const [root] = this.#open;
    const list = root?.type === "map" && this.#open.length === 2 ? root.key?.text : undefined;
    if (list !== undefined && this.#handed?.lists.includes(list)) this.#handed.take(list, entry);
    else open.entries.push(entry);
  }

  #count(place: Place): void {
    this.#nodes += 1;
    const most = this.#handed ? MAX_HANDED_NODES : MAX_NODES;
    if (this.#nodes > most) throw new NotUnderstood("too-many-nodes", "too many nodes", place);
  }
}

function mapOf({ entries, line, column }: OpenMap, endLine: number): DataMap {
  return { type: "map", entries, line, column, endLine };
}
