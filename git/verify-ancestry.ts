import { GitError } from "./errors.ts";
import { git } from "./run-git.ts";
import { readCommits, type Store } from "./store.ts";

interface Ancestry {
  readonly base: string;
  readonly head: string;
  readonly mergeBase: string;
}

/**
 * Refuses a merge base that only false objects make one.
 *
 * git believes what an object folder holds as a commit, without hashing it: a commit with other
 * parents under its id would move the merge base to where the change seems to bring nothing. So
 * all that stands between is read and hashed, and whatever else the walk left out as older than the
 * merge base is found among the ancestors of it, which are hashed as well.
 */
export async function verifyAncestry(store: Store, ancestry: Ancestry): Promise<void> {
  const { base, head, mergeBase } = ancestry;
  const between = await hashedParents(store, [base, head, `^${mergeBase}`]);
  if (![base, head].every((tip) => reaches(between, tip, mergeBase))) throw mismatch();
  const older = parentsOutside(between);
  older.delete(mergeBase);
  if (older.size === 0) return;
  const start = await oldestOf(store, [...older]);
  const ancestors = await hashedParents(store, [mergeBase, ...start.map((id) => `^${id}`)]);
  const known = parentsOutside(ancestors);
  if ([...older].some((id) => !ancestors.has(id) && !known.has(id))) throw mismatch();
}

type Parents = ReadonlyMap<string, readonly string[]>;

/** The commits of a range, each with the parents that its hashed bytes name. */
async function hashedParents(store: Store, range: readonly string[]): Promise<Parents> {
  const input = `${range.join("\n")}\n`;
  const args = ["rev-list", "--parents", "--stdin"];
  const lines = (await git({ gitDir: store.gitDir, args, input })).toString("latin1").split("\n");
  const walked = lines.filter((line) => line !== "").map((line) => line.split(" "));
  const hashed = new Map<string, readonly string[]>();
  // Of each commit its parents are kept, so that long messages are never held all at once.
  for (let start = 0; start < walked.length; start += READ_TOGETHER) {
    const group = walked.slice(start, start + READ_TOGETHER);
    const commits = await readCommits(
      store,
      group.map(([id = ""]) => id),
    );
    for (const [index, [id = "", ...parents]] of group.entries()) {
      // Two copies of one object can differ.
      if (commits[index]?.parents.join() !== parents.join()) throw mismatch();
      hashed.set(id, parents);
    }
  }
  return hashed;
}

function reaches(commits: Parents, tip: string, ancestor: string): boolean {
  const seen = new Set([tip]);
  for (const id of seen) for (const parent of commits.get(id) ?? []) seen.add(parent);
  return seen.has(ancestor);
}

function parentsOutside(commits: Parents): Set<string> {
  return new Set([...commits.values()].flat().filter((id) => !commits.has(id)));
}

/** Where to stop looking; what is wrong about it is found when the ancestors are looked through. */
async function oldestOf(store: Store, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length > MAX_NAMED) return [];
  const args = ["merge-base", "--octopus", ...ids];
  const output = await git({ gitDir: store.gitDir, args }).catch(() => Buffer.alloc(0));
  return output
    .toString("latin1")
    .trim()
    .split("\n")
    .filter((id) => id !== "");
}

const MAX_NAMED = 1_000;
const READ_TOGETHER = 100;

function mismatch(): GitError {
  const what = "the object folder holds a history that its ids do not confirm";
  const remedy = "run git fsck, and clone the repository again";
  return new GitError("OBJECT_MISMATCH", `${what}; ${remedy}`);
}
