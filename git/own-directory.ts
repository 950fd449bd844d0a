import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type ObjectFormat = "sha1" | "sha256";

/** What a git directory of our own borrows from elsewhere. Nothing else of there is seen. */
export interface Borrowed {
  readonly objectFormat: ObjectFormat;
  /** An object folder to read from. */
  readonly objectsDir?: string;
  /** A git directory whose `refs` and `packed-refs` are read and, for the ledger's branch, written. */
  readonly refsDir?: string;
  /** The content of a `HEAD` file. */
  readonly head?: string;
  /** The content of a `shallow` file. */
  readonly shallow?: Uint8Array;
  /** Further lines of the `config` file. */
  readonly config?: string;
}

export interface OwnDirectory {
  readonly gitDir: string;
  dispose(): Promise<void>;
}

/** Makes an empty bare git directory in the temporary folder, with our configuration alone. */
export async function createOwnDirectory(borrowed: Borrowed): Promise<OwnDirectory> {
  const gitDir = await mkdtemp(join(tmpdir(), "bailiff-git-"));
  await fillOwnDirectory(gitDir, borrowed);
  return { gitDir, dispose: () => removeFolder(gitDir) };
}

/** Removes a temporary folder. One that cannot be removed stays, and what was found out holds. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}

/** Writes the files that make the empty folder `gitDir` a git directory. */
export async function fillOwnDirectory(gitDir: string, borrowed: Borrowed): Promise<void> {
  await mkdir(join(gitDir, "objects", "info"), { recursive: true });
  await mkdir(join(gitDir, "objects", "pack"));
  await writeFile(join(gitDir, "HEAD"), borrowed.head ?? "ref: refs/heads/none\n");
  await writeFile(join(gitDir, "config"), configuration(borrowed));
  if (borrowed.objectsDir !== undefined) {
    await writeFile(join(gitDir, "objects/info/alternates"), quotedLine(borrowed.objectsDir));
  }
  if (borrowed.shallow !== undefined) await writeFile(join(gitDir, "shallow"), borrowed.shallow);
  if (borrowed.refsDir === undefined) await mkdir(join(gitDir, "refs"));
  else {
    await symlink(join(borrowed.refsDir, "refs"), join(gitDir, "refs"));
    // It may not exist yet: git then reads none through the link, and sees it once it is there.
    await symlink(join(borrowed.refsDir, "packed-refs"), join(gitDir, "packed-refs"));
  }
}

/**
 * Commit graphs and multi-pack indexes lie beside the objects and are believed without a check of
 * any hash: a forged one shows other parents and trees. So neither is read.
 */
const CONFIGURATION = `
	bare = true
	hooksPath = /dev/null
	attributesFile = /dev/null
	excludesFile = /dev/null
	fsmonitor = false
	commitGraph = false
	multiPackIndex = false
	useReplaceRefs = false
	warnAmbiguousRefs = false
	logAllRefUpdates = false
	bigFileThreshold = 8m
	filesRefLockTimeout = 3000
	packedRefsTimeout = 3000
	fsync = loose-object,pack,pack-metadata,reference
[gc]
	auto = 0
[maintenance]
	auto = false
[submodule]
	recurse = false
[http]
	followRedirects = false
[advice]
	detachedHead = false
`;

function configuration(borrowed: Borrowed): string {
  const version = borrowed.objectFormat === "sha256" || borrowed.config !== undefined ? 1 : 0;
  const format =
    borrowed.objectFormat === "sha256" ? "[extensions]\n\tobjectFormat = sha256\n" : "";
  const core = `[core]\n\trepositoryFormatVersion = ${version}${CONFIGURATION}`;
  return core + format + (borrowed.config ?? "");
}

/** Alternates are one path a line; a path that starts with `"` is read as a C string. */
function quotedLine(path: string): string {
  const escaped = path.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n");
  return `"${escaped}"\n`;
}
