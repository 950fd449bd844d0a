import { isUtf8 } from "node:buffer";
import { join } from "node:path";
import type { Difference, DifferenceKind, WorkTree } from "../maestro/command/execution.ts";
import type { FileVersion } from "../rules/change/listing.ts";
import { pathBytes, pathText } from "../rules/change/path-text.ts";
import { GitError } from "./errors.ts";
import { openIgnoreRules } from "./ignored-paths.ts";
import { compareIndex } from "./index-file.ts";
import { openRepository, type Repository } from "./repository.ts";
import { runGit } from "./run-git.ts";
import { readCommits } from "./store.ts";
import { diffTrees } from "./tree-diff.ts";
import {
  compareFiles,
  entriesOf,
  type ExpectedFiles,
  type RawPath,
  type UnknownEntry,
} from "./work-tree-files.ts";

/** The work tree that a folder lies in. Throws `NOT_A_WORK_TREE` for a bare repository. */
export function openWorkTree(repository: Repository): WorkTree {
  const { workTree } = repository.location;
  if (workTree === null) throw noWorkTree();
  return { differences: (commit) => compareWorkTree(workTree, commit) };
}

/**
 * Where a work tree, its index and its HEAD are not exactly `commit`, sorted by path.
 *
 * The repository is opened anew each time, since a HEAD that was read before may be an old one. A
 * submodule that is checked out is held against the commit that its parent names, in the same way.
 */
async function compareWorkTree(
  folder: string,
  commit: string,
  depth = 0,
): Promise<readonly Difference[]> {
  await using repository = await openRepository(folder);
  const { location, store } = repository;
  if (location.workTree !== folder) throw noWorkTree();
  const expected = await expectedFiles(repository, commit);
  const found = compareFiles(folder, expected);
  const index = { gitDir: store.gitDir, indexIn: location.gitDir };
  const raw = [
    ...found.differences,
    ...(await compareIndex(index, expected.files)),
    ...(await untracked(folder, found.unknown, { repository, expected })),
  ];
  const differences = raw.map(({ path, kind }) => ({ path: textOf(path), kind }));
  for (const submodule of found.submodules) {
    differences.push(...(await compareSubmodule(folder, submodule, depth)));
  }
  const head = await headOf(repository);
  const moved = head === commit ? [] : [{ path: "", kind: "head" as const }];
  return [...moved, ...differences.sort(byPath)];
}

/** The commit that git finds at HEAD there; null where HEAD names none, or none that is seen here. */
async function headOf(repository: Repository): Promise<string | null> {
  const { location, store } = repository;
  if (location.gitDir !== location.commonDir) {
    const args = ["symbolic-ref", "-q", "HEAD"];
    const { stdout } = await runGit({ gitDir: store.gitDir, args });
    if (OF_ONE_WORK_TREE.test(stdout.toString("latin1"))) return null;
  }
  return repository.resolve("HEAD").catch(noCommit);
}

/** Refs that each linked work tree has for itself: the main repository's are other ones. */
const OF_ONE_WORK_TREE = /^refs\/(?:bisect|rewritten|worktree)\//;

const MAX_DEPTH = 16;
const LIMITS = {
  files: 2_000_000,
  folders: 2_000_000,
  pathBytes: 512 * 1024 * 1024,
  levelBytes: 256 * 1024 * 1024,
};

async function expectedFiles({ store }: Repository, commit: string): Promise<ExpectedFiles> {
  const [{ tree } = { tree: "" }] = await readCommits(store, [commit]);
  const listed = await diffTrees(store.objects, { base: null, head: tree }, LIMITS);
  const files = new Map<RawPath, FileVersion>();
  const folders = new Set<RawPath>();
  for (const { path, head } of listed) {
    const raw = rawOf(path);
    if (head) files.set(raw, head);
    for (let end = raw.indexOf("/"); end !== -1; end = raw.indexOf("/", end + 1)) {
      folders.add(raw.slice(0, end));
    }
  }
  return { files, folders, objectFormat: store.objectFormat };
}

/** What the tree does not name and its own rules do not ignore: anything but a folder for itself. */
async function untracked(
  folder: string,
  unknown: readonly UnknownEntry[],
  { repository, expected }: { readonly repository: Repository; readonly expected: ExpectedFiles },
): Promise<readonly { path: RawPath; kind: DifferenceKind }[]> {
  if (unknown.length === 0) return [];
  await using rules = await openIgnoreRules(repository.store.objects, ignoreFilesOf(expected));
  const found: RawPath[] = [];
  for (let level = unknown; level.length > 0;) {
    const [repositories, others] = partition(level, isRepository);
    const ignored = await rules.ignored(others);
    const open = others.filter(({ path }) => !ignored.has(path));
    const [folders, files] = partition(open, ({ isFolder }) => isFolder);
    for (const { path } of [...repositories, ...files]) found.push(path);
    level = folders.flatMap(({ path }) => entriesOf(folder, path));
  }
  return found.map((path) => ({ path, kind: "untracked" }));
}

/** A repository inside makes git see another history there, and no rule can ignore that. */
function isRepository({ path }: UnknownEntry): boolean {
  return path.endsWith("/.git");
}

function partition(entries: readonly UnknownEntry[], holds: (entry: UnknownEntry) => boolean) {
  return [entries.filter(holds), entries.filter((entry) => !holds(entry))] as const;
}

function ignoreFilesOf({ files }: ExpectedFiles): ReadonlyMap<RawPath, string> {
  const isIgnoreFile = (path: RawPath, mode: FileVersion["mode"]): boolean =>
    (path === ".gitignore" || path.endsWith("/.gitignore")) &&
    (mode === "100644" || mode === "100755");
  return new Map(
    [...files]
      .filter(([path, { mode }]) => isIgnoreFile(path, mode))
      .map(([path, { oid }]) => [path, oid]),
  );
}

async function compareSubmodule(
  folder: string,
  { path, commit }: { readonly path: RawPath; readonly commit: string },
  depth: number,
): Promise<readonly Difference[]> {
  const name = textOf(path);
  const onDisk = nameOnDisk(path);
  const within =
    onDisk === null ? null : await differencesWithin(join(folder, onDisk), commit, depth + 1);
  if (within === null) return [{ path: name, kind: "submodule" }];
  return within.map((each) => ({
    ...each,
    path: each.path === "" ? name : `${name}/${each.path}`,
  }));
}

/** Null for a name that is no UTF-8. Its printable form could be the name of another folder. */
function nameOnDisk(path: RawPath): string | null {
  const bytes = Buffer.from(path, "latin1");
  return isUtf8(bytes) ? bytes.toString("utf8") : null;
}

/** Null where the folder is no repository that holds the commit. */
async function differencesWithin(folder: string, commit: string, depth: number) {
  if (depth > MAX_DEPTH) return null;
  try {
    return await compareWorkTree(folder, commit, depth);
  } catch (error) {
    if (error instanceof GitError && NO_SUCH_COMMIT.includes(error.code)) return null;
    throw error;
  }
}

const NO_SUCH_COMMIT: readonly string[] = [
  "NOT_A_REPOSITORY",
  "NOT_A_WORK_TREE",
  "UNKNOWN_REVISION",
  "MISSING_OBJECT",
];

function noCommit(error: unknown): null {
  if (error instanceof GitError && error.code === "UNKNOWN_REVISION") return null;
  throw error;
}

function noWorkTree(): GitError {
  const remedy = "name a work tree with --repo";
  return new GitError("NOT_A_WORK_TREE", `a bare repository has no work tree; ${remedy}`);
}

function byPath(one: Difference, other: Difference): number {
  return one.path < other.path ? -1 : Number(one.path > other.path);
}

function textOf(path: RawPath): string {
  return pathText(Buffer.from(path, "latin1"));
}

function rawOf(path: string): RawPath {
  return Buffer.from(pathBytes(path) ?? []).toString("latin1");
}
