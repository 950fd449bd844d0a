import type { FileMode } from "../rules/change/listing.ts";
import { GitError } from "./errors.ts";
import { objectId, type ObjectReader } from "./object-reader.ts";
import type { ObjectFormat } from "./own-directory.ts";

/** One entry of a tree object. `name` holds one character a byte, so that it compares as git does. */
export interface TreeEntry {
  readonly name: string;
  readonly mode: FileMode | "040000";
  readonly oid: string;
  /** The mode as the object spells it; old trees have spellings that git no longer writes. */
  readonly spelledMode: string;
}

export type Tree = ReadonlyMap<string, TreeEntry>;

/**
 * Reads and parses trees, each by its id. Together they may have `maxTotalBytes`: parsed, a tree
 * takes ten times its bytes, and a pack of a few kilobytes can hold very many large ones.
 */
export async function readTrees(
  objects: ObjectReader,
  oids: readonly string[],
  maxTotalBytes = 2 * MAX_TREE_BYTES,
): Promise<ReadonlyMap<string, Tree>> {
  const unique = [...new Set(oids)];
  const limits = { type: "tree", maxBytes: MAX_TREE_BYTES, maxTotalBytes } as const;
  const contents = await objects.read(unique, limits);
  return new Map(unique.map((oid, index) => [oid, parseTree(oid, contents[index] ?? EMPTY)]));
}

/**
 * Parses a tree object: entries of `<mode> <name>\0<raw id>`, one after the other.
 *
 * Refuses what would let one path have two contents: names that repeat, are out of order, hold a
 * slash or are `.` or `..`. No git writes such trees, but any can be made and some servers take them.
 */
export function parseTree(oid: string, content: Buffer): Tree {
  const idBytes = oid.length / 2;
  const tree = new Map<string, TreeEntry>();
  let previous = "";
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(0x20, at);
    const nul = content.indexOf(0, space);
    const end = nul + 1 + idBytes;
    if (space === -1 || nul === -1 || end > content.length) throw malformed(oid, "is cut short");
    const entry = treeEntry(oid, {
      spelledMode: content.toString("latin1", at, space),
      name: content.toString("latin1", space + 1, nul),
      oid: content.toString("hex", nul + 1, end),
    });
    const key = orderKey(entry);
    if (key <= previous || tree.has(entry.name))
      throw malformed(oid, "repeats or misorders a name");
    tree.set(entry.name, entry);
    previous = key;
    at = end;
  }
  return tree;
}

/** The id of the tree with these entries. */
export function treeId(format: ObjectFormat, entries: readonly TreeEntry[]): string {
  const sorted = entries.toSorted((one, other) => (orderKey(one) < orderKey(other) ? -1 : 1));
  const content = sorted.flatMap(({ spelledMode, name, oid }) => [
    Buffer.from(`${spelledMode} ${name}\0`, "latin1"),
    Buffer.from(oid, "hex"),
  ]);
  return objectId(format, "tree", Buffer.concat(content));
}

/** The entry at `path` (`/` between names) below a tree; null where there is none. */
export async function entryAt(
  objects: ObjectReader,
  rootTree: string,
  path: string,
): Promise<TreeEntry | null> {
  const names = path.split("/").map((name) => Buffer.from(name, "utf8").toString("latin1"));
  let entry: TreeEntry | null = { name: "", mode: "040000", oid: rootTree, spelledMode: "40000" };
  for (const name of names) {
    if (entry.mode !== "040000") return null;
    const trees = await readTrees(objects, [entry.oid]);
    entry = trees.get(entry.oid)?.get(name) ?? null;
    if (entry === null) return null;
  }
  return entry;
}

const EMPTY = Buffer.alloc(0);
const MAX_TREE_BYTES = 32 * 1024 * 1024;
/** git's `canon_mode`: what is a file and executable by its owner is 100755, any other file 100644. */
const TYPE_BITS = 0o170000;
const OWNER_EXECUTES = 0o100;

function treeEntry(tree: string, raw: Omit<TreeEntry, "mode">): TreeEntry {
  const { name, spelledMode } = raw;
  if (name === "" || name === "." || name === ".." || name.includes("/")) {
    throw malformed(tree, "holds a name that no path can have");
  }
  const bits = /^[0-7]{5,7}$/.test(spelledMode) ? Number.parseInt(spelledMode, 8) : 0;
  const mode = canonicalMode(bits);
  if (mode === null) throw malformed(tree, "holds an unknown mode");
  return { ...raw, mode };
}

function canonicalMode(bits: number): TreeEntry["mode"] | null {
  if ((bits & TYPE_BITS) === 0o040000) return "040000";
  if ((bits & TYPE_BITS) === 0o120000) return "120000";
  if ((bits & TYPE_BITS) === 0o160000) return "160000";
  if ((bits & TYPE_BITS) !== 0o100000) return null;
  return (bits & OWNER_EXECUTES) === 0 ? "100644" : "100755";
}

/** Trees sort as if their names ended in a slash. */
function orderKey(entry: Pick<TreeEntry, "mode" | "name">): string {
  return entry.mode === "040000" ? `${entry.name}/` : entry.name;
}

function malformed(oid: string, what: string): GitError {
  const remedy = "run git fsck and rewrite the commit that holds it";
  return new GitError("MALFORMED_OBJECT", `the tree ${oid} ${what}; ${remedy}`);
}
