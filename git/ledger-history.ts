import type { LedgerCommit } from "../ledger/branch.ts";
import { pathText } from "../rules/change/path-text.ts";
import { GitError } from "./errors.ts";
import { git } from "./run-git.ts";
import { emptyTreeId, readCommits, type Commit, type Store } from "./store.ts";

/** The first parents of a commit with what each changed, oldest first, read in windows. */
export async function* readHistory(store: Store, head: string): AsyncIterable<LedgerCommit> {
  const args = ["rev-list", "--first-parent", "--reverse", head];
  const stdout = await git({ gitDir: store.gitDir, args, maxOutputBytes: MAX_HISTORY_BYTES });
  const ids = stdout.toString("latin1").trim().split("\n");
  const state: HistoryState = { tree: emptyTreeId(store.objectFormat), checkpoint: null };
  for (let start = 0; start < ids.length; start += WINDOW) {
    yield* await readWindow(store, ids.slice(start, start + WINDOW), state);
  }
}

type Changes = LedgerCommit["changes"];

/** Where the window before ended. `checkpoint` is the blob's id. */
interface HistoryState {
  tree: string;
  checkpoint: string | null;
}

interface RawChange {
  readonly path: string;
  readonly status: string;
  readonly mode: string;
  readonly oid: string;
}

const WINDOW = 512;
const MAX_HISTORY_BYTES = 512 * 1024 * 1024;
const MAX_CHECKPOINT_BYTES = 64 * 1024;
const STATUSES = new Map([
  ["A", "added"],
  ["M", "modified"],
  ["T", "modified"],
  ["D", "removed"],
] as const);

async function readWindow(
  store: Store,
  ids: readonly string[],
  state: HistoryState,
): Promise<LedgerCommit[]> {
  const commits = await readCommits(store, ids);
  const changes = await changesOf(store, pairTrees(commits, state));
  const checkpoints = await readCheckpoints(store, changes, state);
  return commits.map(({ parents, message }, index) => ({
    commit: ids[index] ?? "",
    parents,
    message,
    checkpoint: checkpoints[index] ?? null,
    changes: changeMap(changes[index] ?? []),
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
async function changesOf(store: Store, pairs: readonly [string, string][]): Promise<RawChange[][]> {
  const stdout = await git({
    gitDir: store.gitDir,
    args: ["diff-tree", "--stdin", "-r", "-z", "--raw", "--no-renames", "--no-abbrev"],
    input: pairs.map(([before, after]) => `${before} ${after}\n`).join(""),
    maxOutputBytes: MAX_HISTORY_BYTES,
  });
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
    const changes: RawChange[] = [];
    while (stdout[at] === 0x3a) {
      const fields = take(stdout.indexOf(0, at)).toString("latin1").split(" ");
      const [, mode = "", , oid = "", status = ""] = fields;
      changes.push({ path: pathText(take(stdout.indexOf(0, at))), status, mode, oid });
    }
    return changes;
  });
}

/** The checkpoint's blob is known from what each commit did to it. */
async function readCheckpoints(
  store: Store,
  changes: readonly RawChange[][],
  state: HistoryState,
): Promise<(Uint8Array | null)[]> {
  const oids = changes.map((changed) => {
    const change = changed.find(({ path }) => path === "checkpoint");
    if (change !== undefined) state.checkpoint = change.mode.startsWith("100") ? change.oid : null;
    return state.checkpoint;
  });
  const all = [...new Set(oids.filter((oid) => oid !== null))];
  const infos = await store.objects.info(all);
  const wanted = all.filter((_, index) => (infos[index]?.sizeBytes ?? 0) <= MAX_CHECKPOINT_BYTES);
  const limits = { type: "blob", maxBytes: MAX_CHECKPOINT_BYTES } as const;
  const contents = await store.objects.read(wanted, limits);
  const byOid = new Map(wanted.map((oid, index) => [oid, contents[index] ?? null]));
  return oids.map((oid) => (oid === null ? null : (byOid.get(oid) ?? null)));
}

function changeMap(changes: readonly RawChange[]): Changes {
  return new Map(
    changes.map(({ path, status }) => [path, STATUSES.get(status as "A") ?? "modified"]),
  );
}
