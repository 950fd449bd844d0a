import { GitError } from "./errors.ts";
import { refuseHugeHistory } from "./history-size.ts";
import { isNearAncestor } from "./near-ancestor.ts";
import { gitFailed, runGit } from "./run-git.ts";
import type { Store } from "./store.ts";
import { verifyAncestry } from "./verify-ancestry.ts";

/**
 * The one commit that a change starts from.
 *
 * Several best common ancestors are refused, not chosen from: who makes the head can merge two old
 * commits into it such that one of them already holds what the change would bring back.
 */
export async function findMergeBase(store: Store, base: string, head: string): Promise<string> {
  if (base === head || (await isNearAncestor(store, base, head))) return base;
  if (store.shallow) return ancestorInShallowHistory(store, base, head);
  await refuseHugeHistory(store, { base, head });
  const call = { gitDir: store.gitDir, args: ["merge-base", "--all", base, head] };
  const { status, stdout, stderr } = await runGit(call);
  if (status === 1) throw unrelated(base, head);
  if (status !== 0) throw gitFailed(call.args, status, stderr);
  const found = stdout.toString("latin1").trim().split("\n");
  const [only] = found;
  if (found.length !== 1 || only === undefined) throw several(base, head, found.length);
  await verifyAncestry(store, { base, head, mergeBase: only });
  return only;
}

/** An ancestor that is found is one; what else was cut off may hide a better merge base. */
async function ancestorInShallowHistory(store: Store, base: string, head: string): Promise<string> {
  const args = ["merge-base", "--is-ancestor", base, head];
  const { status } = await runGit({ gitDir: store.gitDir, args });
  if (status === 0) return base;
  const remedy = "run git fetch --unshallow, or check out with fetch-depth: 0";
  throw new GitError("SHALLOW_HISTORY", `the history is shallow: no merge base is sure; ${remedy}`);
}

function unrelated(base: string, head: string): GitError {
  const what = `${short(base)} and ${short(head)} share no history`;
  return new GitError("UNRELATED_HISTORIES", `${what}; rebase the head onto the base`);
}

function several(base: string, head: string, count: number): GitError {
  const what = `${short(base)} and ${short(head)} have ${count} merge bases`;
  return new GitError(
    "SEVERAL_MERGE_BASES",
    `${what}; merge the base into the head and judge that`,
  );
}

function short(id: string): string {
  return id.slice(0, 12);
}
