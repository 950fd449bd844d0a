import type { ListedFile } from "../rules/change/listing.ts";
import { GitError } from "./errors.ts";
import { readCommits, type Store } from "./store.ts";
import { diffTrees } from "./tree-diff.ts";

/**
 * Refuses to build on a head that does more to `known`, a head of our own, than append.
 *
 * A writer believes a head by its signed checkpoint alone, which says nothing of the files that a
 * commit on top edits, removes or brings along. `known` is a revision; where it is none, there is
 * nothing to compare with. Answers why the head is refused, null where it is not.
 */
export async function foreignChange(
  store: Store,
  known: string,
  head: string,
): Promise<GitError | null> {
  const [info] = await store.objects.info([known]);
  if (!info || info.oid === head) return null;
  const [before, after] = await readCommits(store, [info.oid, head]);
  const changes = await diffTrees(store.objects, {
    base: before?.tree ?? null,
    head: after?.tree ?? null,
  });
  const foreign = changes.find((change) => !isAppend(change));
  return foreign === undefined ? null : changed(foreign.path, info.oid);
}

/** Replaced by every append; what they hold is signed. */
const HEADS: ReadonlySet<string> = new Set(["checkpoint", "frontier"]);

function isAppend({ path, base, head }: ListedFile): boolean {
  if (path === "README.md") return true;
  if (head?.mode !== "100644") return false;
  if (HEADS.has(path)) return true;
  return base === undefined && /^(?:records|policies|trust)\//.test(path);
}

function changed(path: string, known: string): GitError {
  const what = `somebody else changed ${path} on governance-ledger; commit its files on top as they are in ${known}`;
  return new GitError("LEDGER_BRANCH_UNUSABLE", what);
}
