import { GitError } from "./errors.ts";
import { readCommits, type Store } from "./store.ts";

const MAX_GENERATIONS = 8;
const MAX_COMMITS = 64;

/**
 * Whether `base` is among the last generations of `head`, as most branches begin at the tip that they
 * are judged against. The commits are read and hashed, so that what is found is true, and no git
 * has to walk a history to find it. False proves nothing.
 */
export async function isNearAncestor(store: Store, base: string, head: string): Promise<boolean> {
  const seen = new Set<string>();
  let generation: readonly string[] = [head];
  for (let depth = 0; depth < MAX_GENERATIONS && generation.length > 0; depth += 1) {
    for (const id of generation) seen.add(id);
    if (seen.size > MAX_COMMITS) return false;
    const parents = await parentsOf(store, generation);
    if (parents.includes(base)) return true;
    generation = [...new Set(parents)].filter((id) => !seen.has(id));
  }
  return false;
}

/** Beyond a shallow history's edge there is nothing to read: then it is not near. */
async function parentsOf(store: Store, ids: readonly string[]): Promise<readonly string[]> {
  try {
    return (await readCommits(store, ids)).flatMap(({ parents }) => parents);
  } catch (error) {
    if (error instanceof GitError && error.code === "UNKNOWN_REVISION") return [];
    throw error;
  }
}
