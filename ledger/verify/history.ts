import { hash } from "node:crypto";
import type { LedgerClone, LedgerCommit } from "../branch.ts";
import { parseBatchPath } from "../format/batch.ts";

type Became = "added" | "modified" | "removed";

/** A commit that placed records, or should have. */
export interface Placement {
  readonly commit: string;
  /** `textDigest` of its message, null where git would show another text. */
  readonly messageDigest: string | null;
  /** `textDigest` of its frontier: a hostile branch may have more of either than memory. */
  readonly frontierDigest: string | null;
  /** The one batch that it added; null where it did anything else to `records/`. */
  readonly batch: string | null;
  /** Whether it changes more files than an append may write; not all of them are known then. */
  readonly isCut: boolean;
  /** Whether it has more than the one parent that a writer's commit has. */
  readonly isMerge: boolean;
}

/** What became of a path in the commit that touched it last. */
export interface Touch {
  readonly commit: string;
  readonly became: Became;
  /** Whether an earlier commit touched it too. */
  readonly again: boolean;
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
  readonly touched: ReadonlyMap<string, Touch>;
  /** Each path that a commit made anything else than one plain file, with the last one that did. */
  readonly odd: ReadonlyMap<string, string>;
}

/** A branch as it stands now: its commits are verification's. */
export const NO_HISTORY: History = {
  placements: [],
  checkpoints: [],
  merged: [],
  touched: new Map(),
  odd: new Map(),
};

/** Reads the branch's commits once, oldest first. */
export async function readHistory(clone: LedgerClone): Promise<History> {
  const placements: Placement[] = [];
  const checkpoints: PastCheckpoint[] = [];
  const touched = new Map<string, Touch>();
  const odd = new Map<string, string>();
  for await (const commit of clone.history()) {
    const { commit: id, changes } = commit;
    placements.push(placementOf(commit));
    if (changes.has("checkpoint")) {
      checkpoints.push({ commit: id, bytes: kept(commit.checkpoint) });
    }
    for (const path of commit.odd) odd.set(path, id);
    for (const [path, became] of changes) {
      const before = touched.get(path);
      if (became === "added" && isThere(before)) odd.set(path, id);
      touched.set(path, { commit: id, became, again: before !== undefined });
    }
  }
  const merged: PastCheckpoint[] = [];
  for await (const { commit, checkpoint } of clone.mergedCheckpoints()) {
    merged.push({ commit, bytes: kept(checkpoint) });
  }
  return { placements, checkpoints, merged, touched, odd };
}

/** A tree made by hand can hold a name once more. */
function isThere(touch: Touch | undefined): boolean {
  return touch !== undefined && touch.became !== "removed";
}

/** The sha256 (hex) of a text or of bytes. */
export function textDigest(text: string | Uint8Array): string {
  return hash("sha256", text, "hex");
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

function placementOf(commit: LedgerCommit): Placement {
  const { message, frontier, parents, isCut } = commit;
  return {
    commit: commit.commit,
    messageDigest: message === null ? null : textDigest(message),
    frontierDigest: frontier === null ? null : textDigest(frontier),
    batch: addedBatch(commit),
    isCut,
    isMerge: parents.length > 1,
  };
}

function addedBatch({ changes }: LedgerCommit): string | null {
  const [first, ...others] = [...changes].filter(([path]) => path.startsWith("records/"));
  if (first === undefined || others.length > 0) return null;
  const [path, became] = first;
  return became === "added" && parseBatchPath(path) !== null ? path : null;
}
