import { pathText } from "../rules/change/path-text.ts";
import type { FileVersion, ListedFile } from "../rules/change/listing.ts";
import { alikeNames } from "./alike-names.ts";
import { countWithin, type DiffLimits } from "./diff-limits.ts";
import { GitError } from "./errors.ts";
import type { ObjectReader } from "./object-reader.ts";
import { readTrees, type Tree, type TreeEntry } from "./tree.ts";

const LIMITS: DiffLimits = {
  files: 100_000,
  folders: 300_000,
  names: 5_000_000,
  pathBytes: 32 * 1024 * 1024,
  levelBytes: 64 * 1024 * 1024,
};

/**
 * Every path that differs between two trees, sorted by its bytes; null stands for the empty tree.
 *
 * Reads level by level, only trees that differ, and no blob. Renames are not sought. With
 * `baseTip`, a later tree of the base, each path says what it has there, where that is not what it
 * has in `base`, and each added file which of its folders is gone there. An added file also says
 * what else of `head` it, or a folder above it, is alike. Over a limit it throws `TOO_LARGE`: a
 * list cut short would hide what comes after.
 */
export async function diffTrees(
  objects: ObjectReader,
  { baseTip, ...sides }: Folders & { readonly baseTip?: string },
  partial: Partial<DiffLimits> = {},
): Promise<ListedFile[]> {
  const limits = { ...LIMITS, ...partial };
  const spend = countWithin(limits);
  const files: RawFile[] = [];
  let level: Pair[] =
    sides.base === sides.head
      ? []
      : [{ prefix: "", ...sides, baseTip: baseTip ?? sides.base, folderGone: null, alike: null }];
  while (level.length > 0) {
    spend("folders", level.length);
    const trees = await readTrees(objects, level.flatMap(treesOf), limits.levelBytes);
    const next: Pair[] = [];
    for (const pair of level) {
      spend(
        "names",
        treesOf(pair).reduce((sum, oid) => sum + (trees.get(oid)?.size ?? 0), 0),
      );
      const before = files.length;
      comparePair(pair, trees, { files, pairs: next });
      spend("files", files.length - before);
      for (const { path } of files.slice(before)) spend("pathBytes", path.length);
    }
    level = next;
  }
  return files.sort((one, other) => (one.path < other.path ? -1 : 1)).map(listedFile);
}

interface Folders {
  readonly base: string | null;
  readonly head: string | null;
}

interface Pair extends Folders {
  /** One character a byte, with its closing slash. */
  readonly prefix: string;
  readonly baseTip: string | null;
  /** The outermost folder down to here that `base` has and `baseTip` has not. */
  readonly folderGone: string | null;
  /** What the outermost folder down to here that has another of a like name in `head` is alike. */
  readonly alike: string | null;
}

interface RawFile {
  readonly path: string;
  readonly base: FileVersion | null;
  readonly head: FileVersion | null;
  /** Undefined where it is the version at `base`. */
  readonly baseTip: FileVersion | null | undefined;
  readonly folderGone: string | null;
  readonly alike: string | null;
}

const MAX_PATH_BYTES = 4_096;

function treesOf({ base, head, baseTip }: Pair): string[] {
  return [base, head, baseTip].filter((oid) => oid !== null);
}

function comparePair(
  pair: Pair,
  trees: ReadonlyMap<string, Tree>,
  found: { readonly files: RawFile[]; readonly pairs: Pair[] },
): void {
  const base = entriesOf(pair.base, trees);
  const head = entriesOf(pair.head, trees);
  const tip = entriesOf(pair.baseTip, trees);
  const alikeName = alikeNames(landing(head, base, tip));
  for (const name of new Set([...base.keys(), ...head.keys()])) {
    const before = base.get(name);
    const after = head.get(name);
    if (before?.oid === after?.oid && before?.mode === after?.mode) continue;
    const path = pair.prefix + name;
    if (path.length > MAX_PATH_BYTES) throw pathTooLong();
    const other = pair.alike === null ? alikeName(name) : null;
    const alike = other === null ? pair.alike : pair.prefix + other;
    // A file may become a folder: then each side is listed for itself.
    const folders = { base: folderOf(before), head: folderOf(after) };
    if (folders.base !== folders.head) {
      const baseTip = folderOf(tip.get(name));
      const isGone = folders.base !== null && baseTip === null;
      const folderGone = pair.folderGone ?? (isGone ? path : null);
      found.pairs.push({ prefix: `${path}/`, ...folders, baseTip, folderGone, alike });
    }
    const versions = { base: versionOf(before), head: versionOf(after) };
    const later = versionOf(tip.get(name));
    const baseTip = isSame(versions.base, later) ? undefined : later;
    if (versions.base ?? versions.head) {
      found.files.push({ path, ...versions, baseTip, folderGone: pair.folderGone, alike });
    }
  }
}

/** What stands in a folder of the head once it is merged: what the base added since comes on top. */
function landing(head: Tree, base: Tree, tip: Tree): Tree {
  if (tip === base) return head;
  const added = [...tip].filter(([name]) => !base.has(name) && !head.has(name));
  return added.length === 0 ? head : new Map([...head, ...added]);
}

function entriesOf(oid: string | null, trees: ReadonlyMap<string, Tree>): Tree {
  return (oid === null ? undefined : trees.get(oid)) ?? new Map<string, TreeEntry>();
}

function folderOf(entry: TreeEntry | undefined): string | null {
  return entry?.mode === "040000" ? entry.oid : null;
}

function versionOf(entry: TreeEntry | undefined): FileVersion | null {
  return entry === undefined || entry.mode === "040000"
    ? null
    : { oid: entry.oid, mode: entry.mode };
}

function isSame(one: FileVersion | null, other: FileVersion | null): boolean {
  return one?.oid === other?.oid && one?.mode === other?.mode;
}

function listedFile({ path, base, head, baseTip, folderGone, alike }: RawFile): ListedFile {
  return {
    path: printable(path),
    ...(base === null ? {} : { base }),
    ...(head === null ? {} : { head }),
    ...(baseTip === undefined ? {} : { baseTip }),
    ...(base !== null || folderGone === null ? {} : { folderGone: printable(folderGone) }),
    ...(base !== null || head === null || alike === null ? {} : { alike: printable(alike) }),
  };
}

function printable(path: string): string {
  return pathText(Buffer.from(path, "latin1"));
}

function pathTooLong(): GitError {
  return new GitError("TOO_LARGE", `a path has over ${MAX_PATH_BYTES} bytes; shorten it`);
}
