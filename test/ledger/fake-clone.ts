import { createHash } from "node:crypto";
import type { LedgerClone, LedgerCommit, LedgerFile } from "../../ledger/branch.ts";
import { MAX_BATCH_FILES } from "../../ledger/format/limits.ts";
import type { FixtureFile } from "../git/fixture-repository.ts";

/** One commit of a branch, as what it changes; also what a real repository is given. */
export interface PlannedCommit {
  readonly message: string;
  readonly files: Readonly<Record<string, FixtureFile>>;
}

interface StoredFile extends LedgerFile {
  readonly bytes: Uint8Array;
}

type Tree = ReadonlyMap<string, StoredFile>;

/** A clone in memory whose branch is these commits, oldest first. */
export function fakeClone(commits: readonly PlannedCommit[]): LedgerClone {
  const trees = treesOf(commits);
  const tip: Tree = trees.at(-1) ?? new Map<string, StoredFile>();
  return {
    commit: commitId(commits.length - 1),
    files: () => Promise.resolve([...tip.values()].sort(byPath)),
    read: (path) => Promise.resolve(tip.get(path)?.bytes ?? null),
    readAll: (paths) => streamOf(paths.map((path) => tip.get(path)?.bytes ?? new Uint8Array(0))),
    history: () => streamOf(commits.map((commit, at) => historyEntry(commit, at, trees))),
    mergedCheckpoints: () => streamOf([]),
  };
}

/** The clone, and each path that many files were read by. */
export function watchedClone(clone: LedgerClone): {
  readonly clone: LedgerClone;
  readonly read: readonly string[];
} {
  const read: string[] = [];
  const readAll: LedgerClone["readAll"] = (paths) => {
    read.push(...paths);
    return clone.readAll(paths);
  };
  return { clone: { ...clone, readAll }, read };
}

/** All items of a stream. */
export async function gathered<T>(stream: AsyncIterable<T>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

/** The id of the commit at this place of a fake's branch. */
export function commitId(at: number): string {
  return createHash("sha1").update(String(at)).digest("hex");
}

function treesOf(commits: readonly PlannedCommit[]): readonly Tree[] {
  const trees: Tree[] = [];
  for (const { files } of commits) {
    const tree = new Map(trees.at(-1));
    for (const [path, file] of Object.entries(files)) {
      if (file === null) tree.delete(path);
      else tree.set(path, stored(path, file));
    }
    trees.push(tree);
  }
  return trees;
}

function stored(path: string, file: Exclude<FixtureFile, null>): StoredFile {
  if (typeof file === "object" && "submodule" in file) {
    return { path, mode: "160000", oid: file.submodule, sizeBytes: 0, bytes: new Uint8Array(0) };
  }
  const plain = typeof file === "string" || file instanceof Uint8Array;
  const { mode, content } = plain ? { mode: "100644", content: file } : file;
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const oid = createHash("sha1").update(bytes).digest("hex");
  return { path, mode, oid, sizeBytes: bytes.length, bytes };
}

function historyEntry(
  { message }: PlannedCommit,
  at: number,
  trees: readonly Tree[],
): LedgerCommit {
  const tree = trees[at] ?? new Map<string, StoredFile>();
  const before = trees[at - 1] ?? new Map<string, StoredFile>();
  const changes = changesOf(before, tree);
  return {
    commit: commitId(at),
    parents: at === 0 ? [] : [commitId(at - 1)],
    message,
    checkpoint: plainBytes(tree.get("checkpoint")),
    frontier: plainBytes(tree.get("frontier")),
    changes,
    isCut: changes.size > MAX_BATCH_FILES,
    odd: [...changes.keys()].filter((path) => (tree.get(path)?.mode ?? "100644") !== "100644"),
  };
}

function plainBytes(file: StoredFile | undefined): Uint8Array | null {
  return file?.mode.startsWith("100") === true ? file.bytes : null;
}

function changesOf(before: Tree, after: Tree): LedgerCommit["changes"] {
  const changes = new Map<string, "added" | "modified" | "removed">();
  for (const path of before.keys()) if (!after.has(path)) changes.set(path, "removed");
  for (const [path, { oid, mode }] of after) {
    const old = before.get(path);
    if (old === undefined) changes.set(path, "added");
    else if (old.oid !== oid || old.mode !== mode) changes.set(path, "modified");
  }
  return changes;
}

function byPath(a: LedgerFile, b: LedgerFile): number {
  return a.path < b.path ? -1 : 1;
}

/** The items as a stream. */
export async function* streamOf<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}
