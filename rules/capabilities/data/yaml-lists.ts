import { NotUnderstood } from "../not-understood.ts";
import type { DataEntry, DataNode } from "./data-node.ts";
import type { HandedLists } from "./handed-lists.ts";
import { decodeText } from "./text.ts";
import { parseYamlText } from "./yaml.ts";
import type { YamlDialect } from "./yaml-tree.ts";

/** Characters that are parsed at once: of a file of 16 MB no more than that is held as a tree. */
const BATCH = 2 * 1024;

const MAX_DOCUMENTS = 8;

/**
 * Reads a YAML file that is too large to be held as a tree: its entries, and those of its lists,
 * are parsed some at a time and taken in the order of the file; what stands at the top is of the
 * list "". Aliases are refused.
 *
 * Where entries begin is told by their indentation, and held against what the parser makes of each
 * part: a part of other entries than those that seemed to begin there is refused, so that nothing
 * else is seen than in the file as a whole. Throws `NotUnderstood`, as `parseYaml` does.
 */
export function readYamlLists(content: Uint8Array, maxBytes: number, handed: HandedLists): void {
  new Splitter(content, maxBytes, handed).run();
}

/** Entries that stand one below the other, and have not been parsed. */
interface Batch {
  readonly start: number;
  readonly firstLine: number;
  readonly entryLines: number[];
}

class Splitter {
  readonly #text: string;
  readonly #dialect: YamlDialect;
  readonly #handed: HandedLists;
  #list = "";
  /** How far the entries of the list are indented; unknown before its first one. */
  #indent: number | null = null;
  #batch: Batch | null = null;
  #document = 0;
  #keys = new Map<string, Set<string>>();

  constructor(content: Uint8Array, maxBytes: number, handed: HandedLists) {
    this.#text = decodeText(content, maxBytes);
    this.#dialect = { maxBytes, documents: "one", aliases: "refused" };
    this.#handed = handed;
  }

  run(): void {
    let line = 1;
    for (let start = 0; start < this.#text.length; line += 1) {
      const feed = this.#text.indexOf("\n", start);
      const end = feed === -1 ? this.#text.length : feed;
      this.#line(start, end, line);
      start = end + 1;
    }
    this.#parse(this.#text.length);
  }

  #line(start: number, end: number, line: number): void {
    const indent = indentOf(this.#text, start, end);
    const sign = this.#text[start + indent];
    if (indent === end - start || sign === "#" || sign === "\r") return;
    if (indent === 0) this.#topLine(start, end, line);
    else if (this.#list !== "") this.#listLine(start, indent, line);
  }

  #topLine(start: number, end: number, line: number): void {
    const written = lineOf(this.#text, start, end);
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(written)) {
      this.#parse(start);
      this.#nextDocument(written, line);
      return;
    }
    if (this.#list !== "") this.#parse(start);
    this.#list = "";
    const list = this.#handed.lists.find((name) => written === `${name}:`);
    if (list === undefined) {
      this.#begin(start, line);
      return;
    }
    this.#parse(start);
    this.#refuseDouble("", list, line);
    [this.#list, this.#indent] = [list, null];
  }

  #nextDocument(written: string, line: number): void {
    if (written !== "---")
      throw refusal("documents", "a document that begins or ends on a line with more", line);
    const isFirst = this.#keys.size === 0 && this.#document === 0;
    if (!isFirst) this.#document += 1;
    if (this.#document >= MAX_DOCUMENTS)
      throw refusal("documents", "too many YAML documents", line);
    this.#keys = new Map();
    this.#list = "";
  }

  #listLine(start: number, indent: number, line: number): void {
    this.#indent ??= indent;
    if (indent < this.#indent) throw refusal("not-yaml", "not valid YAML: BAD_INDENT", line);
    if (indent === this.#indent) this.#begin(start, line);
  }

  #begin(start: number, line: number): void {
    if (this.#batch && start - this.#batch.start > BATCH) this.#parse(start);
    this.#batch ??= { start, firstLine: line, entryLines: [] };
    this.#batch.entryLines.push(line);
  }

  #parse(end: number): void {
    const batch = this.#batch;
    this.#batch = null;
    if (!batch) return;
    const { start, firstLine, entryLines } = batch;
    const part = this.#text.slice(start, end);
    const [node] = parseYamlText(part, this.#dialect, undefined, firstLine);
    const entries = entriesOf(node, firstLine);
    for (const [index, entry] of entries.entries()) {
      if (entry.key.line !== entryLines[index]) throw otherEntries(entry.key.line);
      this.#enter(entry);
    }
    if (entries.length !== entryLines.length) throw otherEntries(firstLine);
  }

  /** A list that is written in another way than one entry below the other is taken as well. */
  #enter(entry: DataEntry): void {
    const { key, value } = entry;
    this.#refuseDouble(this.#list, key.text, key.line);
    if (this.#list === "" && this.#handed.lists.includes(key.text) && value.type === "map") {
      for (const inner of value.entries) this.#handed.take(key.text, inner);
    } else this.#handed.take(this.#list, entry);
  }

  #refuseDouble(list: string, key: string, line: number): void {
    const known = this.#keys.get(list) ?? new Set<string>();
    if (known.has(key)) throw refusal("duplicate-key", "a key that its map already has", line);
    this.#keys.set(list, known.add(key));
  }
}

function indentOf(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text[at] === " ") at += 1;
  return at - start;
}

/** A line without the spaces at its end. */
function lineOf(text: string, start: number, end: number): string {
  let last = end;
  while (text[last - 1] === " " || text[last - 1] === "\r") last -= 1;
  return text.slice(start, Math.max(start, last));
}

function entriesOf(node: DataNode | undefined, firstLine: number): readonly DataEntry[] {
  if (node?.type !== "map") throw otherEntries(firstLine);
  return node.entries;
}

function otherEntries(line: number): NotUnderstood {
  return refusal(
    "layout",
    "entries that do not stand one below the other, each on lines of its own",
    line,
  );
}

function refusal(code: string, why: string, line: number): NotUnderstood {
  return new NotUnderstood(code, why, { line, column: 1 });
}
