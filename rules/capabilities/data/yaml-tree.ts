import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { firstOfEach } from "../first-of-each.ts";
import { NotUnderstood, type Place } from "../not-understood.ts";
import type { DataEntry, DataNode, DataScalar } from "./data-node.ts";

/** GitHub's own cap on the nodes of a workflow, each counted as often as aliases repeat it. */
export const MAX_NODES = 50_000;
const MAX_CHARACTERS = 16 * 1024 * 1024;
/** How much larger a file may be with its aliases written out. */
const MAX_EXPANSION = 4;
/** How deep a document's values nest at most, a scalar alone being one deep. */
export const MAX_DEPTH = 100;

/** What reading a node takes besides its characters, in characters: as much as its place in a file. */
const NODE_CHARACTERS = 8;

/** How a file's readers on the other side speak YAML, and how much of it they take. */
export interface YamlDialect {
  readonly maxBytes: number;
  /** Counted as often as aliases repeat them; `MAX_NODES` where it is left out. */
  readonly maxNodes?: number;
  /** What parsing several texts of one file may still take; each text takes from it. */
  readonly effort?: { lexemes: number };
  /** Whether a second document is refused. */
  readonly documents?: "one";
  /** Whether a node may have a tag of its own, such as `!Ref`; it is refused where this is left out. */
  readonly tags?: "kept";
  /** Whether `<<` puts another map's entries into its own, as in YAML 1.1; else it is refused. */
  readonly mergeKeys?: "merged";
  /** Whether aliases are refused: what is written by programs needs none, and then is as large as it looks. */
  readonly aliases?: "refused";
}

/** A built node, and what it weighs with every alias in it written out. */
interface Built<Of extends DataNode = DataNode> {
  readonly node: Of;
  readonly nodes: number;
  readonly characters: number;
  readonly depth: number;
}

interface Building {
  readonly lines: LineCounter;
  /** Each anchor's latest node in the order of the file; null while that node is being built. */
  readonly anchors: Map<string, Built | null>;
  readonly dialect: YamlDialect;
}

/**
 * Builds our tree from a composed document, with its aliases resolved.
 *
 * An aliased node is shared, not copied, and the written-out size is capped, so that readers
 * may walk the tree freely; `written` is that size in characters, with some for each node. Throws
 * `NotUnderstood`; `parseYaml` says what for.
 */
export function buildTree(
  document: Document.Parsed,
  lines: LineCounter,
  dialect: YamlDialect,
): { readonly node: DataNode; readonly written: number } {
  const { node, nodes, characters } = buildNode(document.contents, 0, {
    ...{ lines, dialect },
    anchors: new Map(),
  });
  return { node, written: characters + nodes * NODE_CHARACTERS };
}

/** Where an offset in the text stands. */
export function placeAt(offset: number, lines: LineCounter): Place {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

// `offset` is where a value would stand that is not written.
function buildNode(node: unknown, offset: number, building: Building): Built {
  if (isAlias(node)) return resolveAlias(node, building);
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) return buildNothing(offset, building);
  const place = placeOf(node, building);
  if (node.tag !== undefined && (building.dialect.tags !== "kept" || node.tag === BINARY)) {
    throw new NotUnderstood("tag", "a YAML tag", place);
  }
  if (node.anchor) building.anchors.set(node.anchor, null);
  const built = withinCaps(tagged(buildContent(node, building), node.tag), place, building.dialect);
  if (node.anchor) building.anchors.set(node.anchor, built);
  return built;
}

/** Whoever reads YAML 1.1 decodes what stands behind it: it is not what it looks like. */
const BINARY = "tag:yaml.org,2002:binary";

function resolveAlias(alias: Alias, building: Building): Built {
  const place = placeOf(alias, building);
  if (building.dialect.aliases === "refused") throw new NotUnderstood("alias", "an alias", place);
  const built = building.anchors.get(alias.source);
  if (!built) throw new NotUnderstood("alias", "an alias without a complete anchor", place);
  return { ...built, node: { ...built.node, ...place, endLine: place.line } };
}

function buildNothing(offset: number, { lines }: Building): Built {
  const place = placeAt(offset, lines);
  const written = { style: "flow", comment: "" } as const;
  const span = { ...place, endLine: place.line };
  return leaf({ type: "scalar", resolved: "null", text: "", ...written, ...span });
}

function tagged(built: Built, tag: string | undefined): Built {
  return tag === undefined ? built : { ...built, node: { ...built.node, tag } };
}

function withinCaps(built: Built, place: Place, dialect: YamlDialect): Built {
  const { maxNodes = MAX_NODES, maxBytes } = dialect;
  const maxCharacters = Math.min(MAX_CHARACTERS, maxBytes * MAX_EXPANSION);
  if (built.nodes > maxNodes || built.characters > maxCharacters) {
    throw new NotUnderstood("too-many-nodes", "too large with its aliases resolved", place);
  }
  if (built.depth > MAX_DEPTH) throw new NotUnderstood("too-deep", "nested too deep", place);
  return built;
}

function buildContent(node: YAMLMap | YAMLSeq | Scalar, building: Building): Built {
  if (isMap(node)) return buildMap(node, building);
  return isSeq(node) ? buildList(node, building) : buildScalar(node, building);
}

function buildMap(map: YAMLMap, building: Building): Built {
  const seen = new Set<string>();
  const parts: Built[] = [];
  const entries = map.items.map((pair): DataEntry => {
    const key = buildKey(pair.key, building);
    if (seen.has(key.node.text)) {
      throw new NotUnderstood("duplicate-key", "a key that its map already has", key.node);
    }
    seen.add(key.node.text);
    const value = buildNode(pair.value, rangeOf(pair.key).end, building);
    parts.push(key, value);
    return { key: key.node, value: value.node };
  });
  const merged = building.dialect.mergeKeys === "merged" ? withMerged(entries) : entries;
  return branch({ type: "map", entries: merged, ...spanOf(map, building) }, parts);
}

/** A map's own entries stand before those of what `<<` names, and of several the first counts. */
function withMerged(entries: readonly DataEntry[]): readonly DataEntry[] {
  const merge = entries.find(({ key }) => key.text === MERGE);
  if (!merge) return entries;
  const own = entries.filter((entry) => entry !== merge);
  const sources = merge.value.type === "list" ? merge.value.items : [merge.value];
  const others = sources.flatMap((source) => {
    if (source.type === "map") return source.entries;
    throw new NotUnderstood("merge-key", "a YAML merge key that names no map", merge.key);
  });
  return firstOfEach([...own, ...others], ({ key }) => key.text);
}

const MERGE = "<<";

function buildKey(node: unknown, building: Building): Built<DataScalar> {
  const built = buildNode(node, 0, building);
  const { node: key } = built;
  if (key.type !== "scalar") throw new NotUnderstood("key", "a key that is no plain word", key);
  // GitHub reads no merge keys, YAML 1.1 parsers do.
  if (key.text === MERGE && building.dialect.mergeKeys !== "merged") {
    throw new NotUnderstood("merge-key", "a YAML merge key", key);
  }
  // In quotes, or by an alias, it merges for some and is a key like any other for the rest.
  const isPlain = isScalar(node) && node.type === "PLAIN" && node.tag === undefined;
  if (key.text === MERGE && !isPlain) {
    throw new NotUnderstood("merge-key", "a YAML merge key that is not plain", key);
  }
  return { ...built, node: key };
}

function buildList(list: YAMLSeq, building: Building): Built {
  const parts = list.items.map((item) => buildNode(item, rangeOf(list).start, building));
  const items = parts.map((part) => part.node);
  return branch({ type: "list", items, ...spanOf(list, building) }, parts);
}

function buildScalar(scalar: Scalar, building: Building): Built {
  const { value, source = "" } = scalar;
  const written = {
    ...spanOf(scalar, building),
    style: styleOf(scalar),
    comment: scalar.comment?.split("\n")[0]?.trim() ?? "",
  };
  if (value === null) return leaf({ type: "scalar", resolved: "null", text: "", ...written });
  if (typeof value === "string") {
    return leaf({ type: "scalar", resolved: "string", text: value, ...written });
  }
  const resolved = typeof value === "boolean" ? "boolean" : "number";
  return leaf({ type: "scalar", resolved, text: source, ...written });
}

function styleOf({ type }: Scalar): DataScalar["style"] {
  if (type === "BLOCK_LITERAL") return "literal";
  return type === "BLOCK_FOLDED" ? "folded" : "flow";
}

function leaf(node: DataScalar): Built<DataScalar> {
  return { node, nodes: 1, characters: node.text.length, depth: 1 };
}

function branch(node: DataNode, parts: readonly Built[]): Built {
  let [nodes, characters, depth] = [1, 0, 1];
  for (const part of parts) {
    nodes += part.nodes;
    characters += part.characters;
    depth = Math.max(depth, part.depth + 1);
  }
  return { node, nodes, characters, depth };
}

function spanOf(node: Node, { lines }: Building): Place & { endLine: number } {
  const { start, end } = rangeOf(node);
  // The range ends after the node's last character, which for block nodes is its line break.
  return { ...placeAt(start, lines), endLine: placeAt(Math.max(start, end - 1), lines).line };
}

function placeOf(node: Node, { lines }: Building): Place {
  return placeAt(rangeOf(node).start, lines);
}

function rangeOf(node: unknown): { start: number; end: number } {
  // The composer gives every key and value that it makes its range.
  const [start, end] = (node as ParsedNode).range;
  return { start, end };
}
