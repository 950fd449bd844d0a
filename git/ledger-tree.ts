import type { LedgerFile } from "../ledger/branch.ts";
import { pathText } from "../rules/change/path-text.ts";
import { GitError } from "./errors.ts";
import { countPaths } from "./ledger-limits.ts";
import { missingObject } from "./object-reader.ts";
import { readCommits, type Store } from "./store.ts";

/**
 * Every entry of a commit's tree, sorted by path, as the tree objects spell them.
 *
 * A folder is listed itself (mode `040000`) where it does not only stand for its files: where it is
 * empty, there twice, too deep, or oddly spelled. An entry that stands out of order or has a name
 * that no path can have is listed as `000000`. git shows none of these to who asks for files, yet
 * other readers of the same commit see another ledger by them.
 *
 * Throws TOO_LARGE where trees of trees make more entries, or longer paths, than any ledger has.
 */
export async function listLedgerTree(store: Store, commit: string): Promise<readonly LedgerFile[]> {
  const [{ tree } = { tree: "" }] = await readCommits(store, [commit]);
  const listed: Entry[] = [];
  let folders: readonly Folder[] = [{ prefix: "", oid: tree }];
  const count = countPaths(commit);
  for (let depth = 0; folders.length > 0; depth += 1) {
    const below: Folder[] = [];
    for await (const { prefix, entries } of readFolders(store, folders)) {
      for (const entry of entries) {
        const path = `${prefix}${entry.path}`;
        count(path);
        if (entry.isFolder && depth < MAX_DEPTH) below.push({ prefix: `${path}/`, oid: entry.oid });
        else listed.push({ ...entry, path });
      }
    }
    folders = below;
  }
  return withSizes(store, listed);
}

const MAX_DEPTH = 16;
const MAX_TREE_BYTES = 32 * 1024 * 1024;
/** Trees that are held at once. */
const WINDOW = 8;

interface Folder {
  readonly prefix: string;
  readonly oid: string;
}

interface Entry {
  readonly path: string;
  readonly mode: string;
  readonly oid: string;
  /** A plain folder, of which only what is in it counts. */
  readonly isFolder: boolean;
}

/** Equal trees are read and taken apart once, however often they stand in the commit. */
async function* readFolders(
  store: Store,
  folders: readonly Folder[],
): AsyncGenerator<{ readonly prefix: string; readonly entries: readonly Entry[] }> {
  const prefixes = Map.groupBy(folders, ({ oid }) => oid);
  const oids = [...prefixes.keys()];
  for (let start = 0; start < oids.length; start += WINDOW) {
    const window = oids.slice(start, start + WINDOW);
    const contents = await store.objects.read(window, { type: "tree", maxBytes: MAX_TREE_BYTES });
    for (const [index, oid] of window.entries()) {
      const entries = entriesOf(oid, contents[index] ?? Buffer.alloc(0));
      for (const { prefix } of prefixes.get(oid) ?? []) {
        if (entries.length > 0 || prefix === "") yield { prefix, entries };
        else yield { prefix: "", entries: [{ path: prefix.slice(0, -1), ...EMPTY, oid }] };
      }
    }
  }
}

const EMPTY = { mode: "040000", isFolder: false } as const;

/** A tree object: entries of `<mode> <name>\0<raw id>`, sorted as if folders ended in a slash. */
function entriesOf(tree: string, content: Buffer): readonly Entry[] {
  const entries: Entry[] = [];
  const seen = new Set<string>();
  let previous = "";
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(0x20, at);
    const nul = content.indexOf(0, space);
    const end = nul + 1 + tree.length / 2;
    if (space === -1 || nul === -1 || end > content.length) throw malformed(tree);
    const mode = content.toString("latin1", at, space);
    const name = content.toString("latin1", space + 1, nul);
    const isFolder = Number.parseInt(mode, 8) === 0o040000;
    const key = isFolder ? `${name}/` : name;
    const twice = seen.has(name);
    const odd = !isName(name) || (key <= previous && !twice);
    seen.add(name);
    if (key > previous) previous = key;
    const entry = {
      path: pathText(Buffer.from(name, "latin1")).replaceAll("/", "\\x2f"),
      mode: odd ? "000000" : mode.padStart(6, "0"),
      oid: content.toString("hex", nul + 1, end),
    };
    const followed = isFolder && !odd && !twice;
    if (followed) entries.push({ ...entry, isFolder: true });
    if (!followed || mode !== FOLDER) entries.push({ ...entry, isFolder: false });
    at = end;
  }
  return entries;
}

/** The one spelling that git writes. */
const FOLDER = "40000";

function isName(name: string): boolean {
  return !["", ".", ".."].includes(name) && !name.includes("/");
}

async function withSizes(store: Store, entries: readonly Entry[]): Promise<readonly LedgerFile[]> {
  const oids = [...new Set(entries.filter(isBlob).map(({ oid }) => oid))];
  const infos = await store.objects.info(oids);
  const sizes = new Map(oids.map((oid, index) => [oid, infos[index]?.sizeBytes]));
  return entries
    .map((entry) => {
      const { path, mode, oid } = entry;
      const sizeBytes = isBlob(entry) ? sizes.get(oid) : 0;
      if (sizeBytes === undefined) throw missingObject(oid);
      return { path, mode, oid, sizeBytes };
    })
    .sort((one, other) => (one.path < other.path ? -1 : Number(one.path > other.path)));
}

function isBlob({ mode }: Entry): boolean {
  return mode === "120000" || mode.startsWith("100");
}

function malformed(tree: string): GitError {
  return new GitError("MALFORMED_OBJECT", `the tree ${tree} is cut short; run git fsck`);
}
