import type { LedgerClone, LedgerCommit } from "../branch.ts";
import { parseBatchPath } from "../format/batch.ts";

type Became = "added" | "modified" | "removed";

/** A commit that placed records, or should have. */
export interface Placement {
  readonly commit: string;
  readonly message: string;
  /** The batches that it added, in index order; empty where it did anything else to `records/`. */
  readonly batches: readonly string[];
}

/** The bytes of `checkpoint` from one commit on. */
export interface PastCheckpoint {
  readonly commit: string;
  readonly bytes: Uint8Array | null;
}

/** What the branch's own commits tell. Anyone who may push can have written them: they accuse, never prove. */
export interface History {
  readonly placements: readonly Placement[];
  /** One entry whenever `checkpoint` changed, oldest first. */
  readonly checkpoints: readonly PastCheckpoint[];
  /** The commit that touched a path last, and how. */
  readonly touched: ReadonlyMap<string, { readonly commit: string; readonly became: Became }>;
}

/** Reads the branch's commits once, oldest first. */
export async function readHistory(clone: LedgerClone): Promise<History> {
  const placements: Placement[] = [];
  const checkpoints: PastCheckpoint[] = [];
  const touched = new Map<string, { commit: string; became: Became }>();
  for await (const commit of clone.history()) {
    const { commit: id, message, changes } = commit;
    placements.push({ commit: id, message, batches: addedBatches(commit) });
    if (changes.has("checkpoint")) checkpoints.push({ commit: id, bytes: commit.checkpoint });
    for (const [path, became] of changes) touched.set(path, { commit: id, became });
  }
  return { placements, checkpoints, touched };
}

/** `commit 1f2e3d4`, the commit that touched `path` last; null where history does not say. */
export function sinceTouched(history: History, path: string): string | null {
  const touch = history.touched.get(path);
  return touch === undefined ? null : commitName(touch.commit);
}

/** A commit as problems name it. */
export function commitName(commit: string): string {
  return `commit ${commit.slice(0, 7)}`;
}

function addedBatches({ changes }: LedgerCommit): readonly string[] {
  const records = [...changes].filter(([path]) => path.startsWith("records/"));
  if (records.some(([path, became]) => became !== "added" || parseBatchPath(path) === null)) {
    return [];
  }
  return records.map(([path]) => path).sort((a, b) => firstOf(a) - firstOf(b));
}

function firstOf(path: string): number {
  return parseBatchPath(path)?.first ?? 0;
}
