import { join } from "node:path";
import type { DifferenceKind } from "../maestro/command/execution.ts";
import type { FileVersion } from "../rules/change/listing.ts";
import { git } from "./run-git.ts";
import type { RawPath } from "./work-tree-files.ts";

/** The index of a repository, and the git directory of ours that reads it. */
interface IndexPlace {
  readonly gitDir: string;
  /** The repository's own: its file `index` is read, and nothing else of it. */
  readonly indexIn: string;
}

/**
 * Where the index is not the tree with these files: what a commit made now would hold otherwise.
 *
 * Flags that hide a path from `git status` (assume-unchanged, skip-worktree) do not hide it here.
 */
export async function compareIndex(
  { gitDir, indexIn }: IndexPlace,
  expected: ReadonlyMap<RawPath, FileVersion>,
): Promise<readonly { path: RawPath; kind: DifferenceKind }[]> {
  const listed = await git({
    gitDir,
    args: ["ls-files", "--stage", "-z"],
    environment: { GIT_INDEX_FILE: join(indexIn, "index") },
    maxOutputBytes: MAX_LISTING_BYTES,
  });
  const entries = new Map(listed.toString("latin1").split("\0").slice(0, -1).map(entryOf));
  const paths = new Set([...expected.keys(), ...entries.keys()]);
  return [...paths].flatMap((path) =>
    entries.get(path) === stagedForm(expected.get(path)) ? [] : [{ path, kind: "index" as const }],
  );
}

const MAX_LISTING_BYTES = 512 * 1024 * 1024;

/** `100644 <oid> 0\tpath`; a path in conflict has stages 1 to 3, and the last of them stays. */
function entryOf(line: string): [RawPath, string] {
  const tab = line.indexOf("\t");
  return [line.slice(tab + 1), line.slice(0, tab)];
}

function stagedForm(version: FileVersion | undefined): string | undefined {
  return version && `${version.mode} ${version.oid} 0`;
}
