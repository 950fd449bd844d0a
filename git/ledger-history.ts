import type { LedgerCommit, PastCheckpoint } from "../ledger/branch.ts";
import { MAX_BATCH_FILES } from "../ledger/format/limits.ts";
import { pathText } from "../rules/change/path-text.ts";
import { GitError } from "./errors.ts";
import { countPaths } from "./ledger-limits.ts";
import { git } from "./run-git.ts";
import { emptyTreeId, readCommits, type Commit, type Store } from "./store.ts";

/**
 * The first parents of a commit with what each changed, oldest first, read in windows.
 *
 * Throws SHALLOW_HISTORY where the first of them has parents that are not here, TOO_LARGE where they
 * changed more paths than any ledger has.
 */
export async function* readHistory(store: Store, head: string): AsyncIterable<LedgerCommit> {
  const ids = await ancestors(store, head, ["--first-parent"]);
  const [first] = await readCommits(store, ids.slice(0, 1));
  if (first !== undefined && first.parents.length > 0) throw shallow();
  const tree = emptyTreeId(store.objectFormat);
  const state: HistoryState = { tree, checkpoint: null, frontier: null, count: countPaths(head) };
  for (let start = 0; start < ids.length; start += WINDOW) {
    yield* await readWindow(store, ids.slice(start, start + WINDOW), state);
  }
}

/**
 * What `checkpoint` was in the commits that only a later parent of a merge leads to.
 *
 * A merge whose first parent is an old head hides the newer ones from who follows first parents,
 * and is a fast-forward of them all the same. Bytes that are no small file are left out.
 */
export async function* readMergedCheckpoints(
  store: Store,
  head: string,
): AsyncIterable<PastCheckpoint> {
  const straight = new Set(await ancestors(store, head, ["--first-parent"]));
  const merged = (await ancestors(store, head, [])).filter((id) => !straight.has(id));
  for (let start = 0; start < merged.length; start += WINDOW) {
    const window = merged.slice(start, start + WINDOW);
    const infos = await store.objects.info(window.map((id) => `${id}:checkpoint`));
    const oids = infos.map((info) => (info?.type === "blob" ? info.oid : null));
    const blobs = await readSmallBlobs(store, oids);
    yield* window.flatMap((commit, index) => {
      const checkpoint = blobs[index] ?? null;
      return checkpoint === null ? [] : [{ commit, checkpoint }];
    });
  }
}

/** Where the window before ended; the two files by their blobs' ids. */
interface HistoryState {
  tree: string;
  checkpoint: string | null;
  frontier: string | null;
  readonly count: (path: string) => void;
}

interface RawChange {
  readonly status: string;
  readonly mode: string;
  readonly oid: string;
}

/** What one commit changed, as far as it is kept. */
interface RawChanges {
  readonly byPath: Map<string, RawChange>;
  readonly odd: Set<string>;
  isCut: boolean;
}

const WINDOW = 512;
const MAX_HISTORY_BYTES = 512 * 1024 * 1024;
/** Five times what as many commits that change as much as an append can come to. */
const MAX_CHANGES_BYTES = 64 * 1024 * 1024;
/** Kept whatever else a commit changes: by them every later one is read. */
const HEADS: readonly string[] = ["checkpoint", "frontier"];
const MAX_CHECKPOINT_BYTES = 64 * 1024;
const STATUSES = new Map([
  ["A", "added"],
  ["M", "modified"],
  ["T", "modified"],
  ["D", "removed"],
] as const);

/** Oldest first; each after its parents. */
async function ancestors(store: Store, head: string, options: string[]): Promise<string[]> {
  const args = ["rev-list", "--topo-order", "--reverse", ...options, head];
  const stdout = await git({ gitDir: store.gitDir, args, maxOutputBytes: MAX_HISTORY_BYTES });
  return stdout.toString("latin1").trim().split("\n");
}

function shallow(): GitError {
  const remedy = "run git fetch --unshallow, or clone it without --depth";
  return new GitError("SHALLOW_HISTORY", `the ledger's history does not begin here; ${remedy}`);
}

async function readWindow(
  store: Store,
  ids: readonly string[],
  state: HistoryState,
): Promise<LedgerCommit[]> {
  const commits = await readCommits(store, ids);
  const changes = await changesOf(store, pairTrees(commits, state));
  for (const path of changes.flatMap(({ byPath }) => [...byPath.keys()])) {
    if (!HEADS.includes(path)) state.count(path);
  }
  const checkpoints = await readVersions(store, changes, { state, path: "checkpoint" });
  const frontiers = await readVersions(store, changes, { state, path: "frontier" });
  return commits.map(({ parents, message, encoding }, index) => ({
    commit: ids[index] ?? "",
    parents,
    message: encoding === null ? message : null,
    checkpoint: checkpoints[index] ?? null,
    frontier: frontiers[index] ?? null,
    ...keptChanges(changes[index] ?? noChanges()),
  }));
}

/** Each commit's tree with the one before it on the first-parent line. */
function pairTrees(commits: readonly Commit[], state: HistoryState): [string, string][] {
  return commits.map(({ tree }) => {
    const pair: [string, string] = [state.tree, tree];
    state.tree = tree;
    return pair;
  });
}

/**
 * One `git diff-tree` for all pairs. For each it prints `<tree> <tree>\n`, then
 * `:<mode> <mode> <id> <id> <status>\0<path>\0` for each path that differs.
 */
async function changesOf(store: Store, pairs: readonly [string, string][]): Promise<RawChanges[]> {
  const stdout = await git({
    gitDir: store.gitDir,
    args: ["diff-tree", "--stdin", "-r", "-z", "--raw", "--no-renames", "--no-abbrev"],
    input: pairs.map(([before, after]) => `${before} ${after}\n`).join(""),
    maxOutputBytes: MAX_CHANGES_BYTES,
  }).catch(sayingWhatIsTooLarge);
  let at = 0;
  const take = (end: number): Buffer => {
    if (end === -1) throw new GitError("GIT_FAILED", "git diff-tree gave an answer cut short");
    const piece = stdout.subarray(at, end);
    at = end + 1;
    return piece;
  };
  return pairs.map(([before, after]) => {
    const header = take(stdout.indexOf(0x0a, at)).toString("latin1");
    if (header !== `${before} ${after}`) {
      throw new GitError("GIT_FAILED", "git diff-tree answered out of order");
    }
    const changes = noChanges();
    while (stdout[at] === 0x3a) {
      const fields = take(stdout.indexOf(0, at)).toString("latin1").split(" ");
      const [, mode = "", , oid = "", status = ""] = fields;
      keep(changes, pathText(take(stdout.indexOf(0, at))), { status, mode, oid });
    }
    return changes;
  });
}

function sayingWhatIsTooLarge(error: unknown): never {
  if (!(error instanceof GitError) || error.code !== "TOO_LARGE") throw error;
  const what = `${WINDOW} commits of the ledger's history change more files than any ledger's do`;
  throw new GitError("TOO_LARGE", `${what}; look for the one in git log --stat`, { cause: error });
}

function noChanges(): RawChanges {
  return { byPath: new Map(), odd: new Set(), isCut: false };
}

/** A tree made by hand can hold one name twice, of which git then tells twice. */
function keep(changes: RawChanges, path: string, change: RawChange): void {
  const { byPath, odd } = changes;
  const isTwice = byPath.has(path);
  if (!isTwice && byPath.size >= MAX_BATCH_FILES && !HEADS.includes(path)) {
    changes.isCut = true;
    return;
  }
  if (!isTwice) byPath.set(path, change);
  if (isTwice || isOdd(change)) odd.add(path);
}

/** A file's blob is known from what each commit did to it. */
async function readVersions(
  store: Store,
  changes: readonly RawChanges[],
  { state, path }: { readonly state: HistoryState; readonly path: "checkpoint" | "frontier" },
): Promise<(Uint8Array | null)[]> {
  const oids = changes.map(({ byPath }) => {
    const change = byPath.get(path);
    if (change !== undefined) state[path] = change.mode.startsWith("100") ? change.oid : null;
    return state[path];
  });
  return readSmallBlobs(store, oids);
}

/** The bytes of each blob, null where it is too large. */
async function readSmallBlobs(
  store: Store,
  oids: readonly (string | null)[],
): Promise<(Uint8Array | null)[]> {
  const all = [...new Set(oids.filter((oid) => oid !== null))];
  const infos = await store.objects.info(all);
  const wanted = all.filter((_, index) => (infos[index]?.sizeBytes ?? 0) <= MAX_CHECKPOINT_BYTES);
  const limits = { type: "blob", maxBytes: MAX_CHECKPOINT_BYTES } as const;
  const contents = await store.objects.read(wanted, limits);
  const byOid = new Map(wanted.map((oid, index) => [oid, contents[index] ?? null]));
  return oids.map((oid) => (oid === null ? null : (byOid.get(oid) ?? null)));
}

function isOdd({ mode, status }: RawChange): boolean {
  return mode !== "100644" && status !== "D";
}

function keptChanges({ byPath, odd, isCut }: RawChanges) {
  const changes = new Map(
    [...byPath].map(([path, { status }]) => [path, STATUSES.get(status as "A") ?? "modified"]),
  );
  return { changes, odd: [...odd], isCut };
}
