/** The branch's newest commit (hex id). Reading goes by tree of that commit, whatever moves since. */
export interface Tip {
  readonly commit: string;
  /** A file's bytes, null where there is none. Paths are relative to the branch's root. */
  read(path: string): Promise<Uint8Array | null>;
  /** The names in one folder (`records/x012`), sorted; none where it is absent or no folder. */
  list(folder: string): Promise<readonly string[]>;
}

/**
 * Where a ledger is written. Implemented by `git/`.
 *
 * `advance` adds or replaces `files` on top of commit `from` (null: an orphan branch that must
 * not exist yet) in ONE commit and moves the branch by compare-and-swap. `lost-race` means that
 * the branch was not at `from`; anything else that fails throws, and the branch may or may not
 * have moved: read it to know.
 */
export interface LedgerBranch {
  tip(): Promise<Tip | null>;
  advance(
    from: string | null,
    files: ReadonlyMap<string, Uint8Array>,
    message: string,
  ): Promise<"advanced" | "lost-race">;
}

/** One commit of the branch's history; `changes` is what it changed against its first parent. */
export interface LedgerCommit {
  readonly commit: string;
  readonly parents: readonly string[];
  /**
   * The raw message as UTF-8; at most its first 64 KiB. null where the commit says that it is in an
   * encoding of its own: git then shows another text than its bytes are.
   */
  readonly message: string | null;
  /** The bytes of `checkpoint` in that commit's tree, null where it has none that is a file of at most 64 KiB. */
  readonly checkpoint: Uint8Array | null;
  /** The same of `frontier`. */
  readonly frontier: Uint8Array | null;
  /** Each path that differs from the first parent, with what became of it. */
  readonly changes: ReadonlyMap<string, "added" | "modified" | "removed">;
  /**
   * Whether the commit changes more paths than an append may write, and not all are told. Those of
   * `checkpoint` and `frontier` are.
   */
  readonly isCut: boolean;
  /** The changed paths that became anything else than one plain file: a link, a submodule, executable, there twice. */
  readonly odd: readonly string[];
}

/** A commit that only a merge's later parents lead to, and the bytes of its `checkpoint`. */
export interface PastCheckpoint {
  readonly commit: string;
  readonly checkpoint: Uint8Array;
}

/**
 * One entry of a tree. `mode` is the tree's own spelling, in six digits or more: `040000` is a folder
 * that has no place in a listing of files, `000000` an entry that no reader agrees on; `sizeBytes` is the blob's, 0 for a submodule: what is
 * larger than its kind of file may be is refused before it is read. A `path` that is not UTF-8
 * is printed as `pathText` of rules/ does.
 */
export interface LedgerFile {
  readonly path: string;
  readonly mode: string;
  readonly oid: string;
  readonly sizeBytes: number;
}

/** A whole ledger as an auditor has it: one fixed commit of a clone. Implemented by `git/`. */
export interface LedgerClone {
  readonly commit: string;
  /** Every entry of the tree, sorted by path. */
  files(): Promise<readonly LedgerFile[]>;
  read(path: string): Promise<Uint8Array | null>;
  /** The bytes of many files in the order asked for; memory holds one at a time. */
  readAll(paths: readonly string[]): AsyncIterable<Uint8Array>;
  /** The branch's commits from genesis to `commit`, first parents, oldest first. */
  history(): AsyncIterable<LedgerCommit>;
  /** The heads that merges hide from `history`, oldest first. */
  mergedCheckpoints(): AsyncIterable<PastCheckpoint>;
}
