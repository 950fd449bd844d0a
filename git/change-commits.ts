import { commitFact } from "../rules/change/commits/commit-object.ts";
import { oldestFirst } from "../rules/change/commits/commit-order.ts";
import type { Listing } from "../rules/change/listing.ts";
import type { CommitFact } from "../rules/facts/facts.ts";
import { git } from "./run-git.ts";
import { emptyTreeId, readCommits, type Store } from "./store.ts";
import { verifyAncestry } from "./verify-ancestry.ts";

/** What the commits of a change may come to. */
export interface CommitLimits {
  readonly commits: number;
  /** Of one commit, headers and message. */
  readonly bytes: number;
  /** Of all of them. */
  readonly totalBytes: number;
}

const LIMITS: CommitLimits = { commits: 10_000, bytes: 128 * 1024, totalBytes: 16 * 1024 * 1024 };

/**
 * The commits between a change's merge base and its head, each behind its parents; null where there
 * are more than 10,000, where they hold more than 16 MiB, and where the history is cut off.
 */
export async function listCommits(
  store: Store,
  { base, head, mergeBase }: Pick<Listing, "base" | "head" | "mergeBase">,
  limits: CommitLimits = LIMITS,
): Promise<readonly CommitFact[] | null> {
  if (store.shallow) return null;
  const isFirst = base === emptyTreeId(store.objectFormat);
  // What git leaves out of a range as older has to be so by what was hashed.
  if (!isFirst) await verifyAncestry(store, { base: mergeBase, head, mergeBase });
  const ids = await idsBetween(store, { head, mergeBase: isFirst ? null : mergeBase }, limits);
  if (ids.length > limits.commits) return null;
  const sizes = await store.objects.info(ids);
  const total = sizes.reduce((sum, info) => sum + Math.min(info?.sizeBytes ?? 0, limits.bytes), 0);
  if (total > limits.totalBytes) return null;
  const commits = await parented(store, ids);
  const ordered = oldestFirst(head, commits).map(({ sha }) => sha);
  const contents = await store.objects.read(ordered, {
    ...{ type: "commit", maxBytes: Infinity, keepBytes: limits.bytes + 1 },
  });
  return ordered.map((sha, index) => {
    const content = contents[index] ?? Buffer.alloc(0);
    return commitFact({ sha, content, whole: content.length <= limits.bytes });
  });
}

async function idsBetween(
  store: Store,
  { head, mergeBase }: { readonly head: string; readonly mergeBase: string | null },
  { commits }: CommitLimits,
): Promise<readonly string[]> {
  const range = mergeBase === null ? [head] : [head, `^${mergeBase}`];
  const args = ["rev-list", `--max-count=${commits + 1}`, ...range, "--"];
  const output = (await git({ gitDir: store.gitDir, args })).toString("latin1");
  return output.split("\n").filter(Boolean);
}

/** The commits with the parents that their hashed bytes name. */
async function parented(store: Store, ids: readonly string[]) {
  const commits = await readCommits(store, ids);
  return commits.map(({ parents }, index) => ({ sha: ids[index] ?? "", parents }));
}
