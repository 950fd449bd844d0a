import type { LedgerClone, LedgerFile } from "../branch.ts";
import { MAX_BATCH_BYTES } from "../format/limits.ts";
import { parseBatchPath } from "../format/batch.ts";

/** What a file is to a ledger. */
export type Sort =
  "checkpoint" | "frontier" | "readme" | "attributes" | "trust" | "batch" | "policy";

/** Each sort of file that a ledger has, and the most bytes of one that are ever read. */
const SORTS: readonly { sort: Sort; maxBytes: number; names: (path: string) => boolean }[] = [
  { sort: "checkpoint", maxBytes: 65_536, names: (path) => path === "checkpoint" },
  { sort: "frontier", maxBytes: 4_096, names: (path) => path === "frontier" },
  { sort: "readme", maxBytes: 65_536, names: (path) => path === "README.md" },
  { sort: "attributes", maxBytes: 4_096, names: (path) => path === ".gitattributes" },
  { sort: "trust", maxBytes: 1_048_576, names: (path) => rootVersion(path) !== null },
  { sort: "batch", maxBytes: MAX_BATCH_BYTES, names: (path) => parseBatchPath(path) !== null },
  { sort: "policy", maxBytes: MAX_BATCH_BYTES, names: (path) => policyDigest(path) !== null },
];

/** A tree's entries by what they are to a ledger. */
export interface TreeFiles {
  /** Entries with a name of ours that are regular files of a size that is read. */
  readonly readable: Readonly<Record<Sort, readonly LedgerFile[]>>;
  /** Entries with a name of ours that are a link, a submodule, executable, too large, or there twice. */
  readonly unreadable: readonly { readonly sort: Sort; readonly path: string }[];
  readonly foreign: readonly string[];
}

/** Sorts a tree's entries by name, mode and size alone: nothing is read. */
export function sortFiles(files: readonly LedgerFile[]): TreeFiles {
  const readable = emptyReadable();
  const unreadable: { sort: Sort; path: string }[] = [];
  const foreign: string[] = [];
  // A tree made by hand can hold one name twice, and show each reader another of the two.
  const seen = new Set<string>();
  for (const file of files) {
    const known = SORTS.find(({ names }) => names(file.path));
    if (known === undefined) foreign.push(file.path);
    else if (isReadable(file, known.maxBytes) && !seen.has(file.path))
      readable[known.sort].push(file);
    else unreadable.push({ sort: known.sort, path: file.path });
    seen.add(file.path);
  }
  return { readable, unreadable, foreign };
}

/** What a path is to a ledger by its name, null where a ledger has no such file. */
export function sortOf(path: string): Sort | null {
  return SORTS.find(({ names }) => names(path))?.sort ?? null;
}

/** The bytes of the one file of a sort, null where the tree has none that is read. */
export function readOne(
  clone: LedgerClone,
  files: TreeFiles,
  sort: "checkpoint" | "frontier" | "attributes",
): Promise<Uint8Array | null> {
  const [file] = files.readable[sort];
  return file === undefined ? Promise.resolve(null) : clone.read(file.path);
}

/** The N of `trust/N.root.json`, null for any other path. */
export function rootVersion(path: string): number | null {
  const digits = /^trust\/([1-9][0-9]{0,5})\.root\.json$/.exec(path)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The sha256 (hex) that a policy document's path names, null for any other path. */
export function policyDigest(path: string): string | null {
  return /^policies\/([0-9a-f]{64})$/.exec(path)?.[1] ?? null;
}

function isReadable({ mode, sizeBytes }: LedgerFile, maxBytes: number): boolean {
  return mode === "100644" && sizeBytes <= maxBytes;
}

function emptyReadable(): Record<Sort, LedgerFile[]> {
  return {
    checkpoint: [],
    frontier: [],
    readme: [],
    attributes: [],
    trust: [],
    batch: [],
    policy: [],
  };
}
