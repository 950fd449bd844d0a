import { hash } from "node:crypto";
import type { LedgerClone, LedgerCommit } from "../branch.ts";
import { parseBatchPath } from "../format/batch.ts";

type Became = "added" | "modified" | "removed";

/** A commit that placed records, or should have. */
export interface Placement {
  readonly commit: string;
  /** `messageDigest` of its message: a hostile branch may have more messages than memory. */
  readonly messageDigest: string;
  /** The one batch that it added; null where it did anything else to `records/`. */
  readonly batch: string | null;
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
  /** Those of the commits that a merge hides behind its first parent. */
  readonly merged: readonly PastCheckpoint[];
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
    placements.push({
      commit: id,
      messageDigest: messageDigest(message),
      batch: addedBatch(commit),
    });
    if (changes.has("checkpoint")) {
      checkpoints.push({ commit: id, bytes: kept(commit.checkpoint) });
    }
    for (const [path, became] of changes) touched.set(path, { commit: id, became });
  }
  const merged: PastCheckpoint[] = [];
  for await (const { commit, checkpoint } of clone.mergedCheckpoints()) {
    merged.push({ commit, bytes: kept(checkpoint) });
  }
  return { placements, checkpoints, merged, touched };
}

/** A clone gives a message's first 64 KiB. */
const MOST_OF_A_MESSAGE = 65_536;

/** The sha256 (hex) of a message, without the line break that git ends it with. */
export function messageDigest(message: string): string {
  return hash("sha256", message.replace(/\n$/, "").slice(0, MOST_OF_A_MESSAGE - 1), "hex");
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

/** Far above a head with its one signature; what is larger was signed by nobody. */
const MOST_OF_A_CHECKPOINT = 1_024;

function kept(bytes: Uint8Array | null): Uint8Array | null {
  return bytes === null || bytes.length > MOST_OF_A_CHECKPOINT ? null : Uint8Array.from(bytes);
}

function addedBatch({ changes }: LedgerCommit): string | null {
  const [first, ...others] = [...changes].filter(([path]) => path.startsWith("records/"));
  if (first === undefined || others.length > 0) return null;
  const [path, became] = first;
  return became === "added" && parseBatchPath(path) !== null ? path : null;
}
