import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { GitError } from "./errors.ts";
import type { ObjectReader } from "./object-reader.ts";
import { createOwnDirectory, removeFolder } from "./own-directory.ts";
import { gitFailed, runGit } from "./run-git.ts";
import { diskPath, type RawPath, type UnknownEntry } from "./work-tree-files.ts";

/** Which paths the `.gitignore` files of one tree ignore. */
export interface IgnoreRules extends AsyncDisposable {
  /** The paths among `entries` that are ignored; nothing is where a folder is not. */
  ignored(entries: readonly UnknownEntry[]): Promise<ReadonlySet<RawPath>>;
}

/**
 * Reads a tree's own ignore rules: `ignoreFiles` are its `.gitignore` files by path, with blob ids.
 *
 * They are written into an empty folder, and git is asked there: what lies in the work tree (a
 * `.gitignore` that nobody committed, which ignores itself), in `.git/info/exclude` or in the
 * user's own settings hides nothing.
 */
export async function openIgnoreRules(
  objects: ObjectReader,
  ignoreFiles: ReadonlyMap<RawPath, string>,
): Promise<IgnoreRules> {
  const contents = await objects.read([...ignoreFiles.values()], {
    type: "blob",
    maxBytes: MAX_IGNORE_FILE_BYTES,
  });
  const own = await createOwnDirectory({ objectFormat: "sha1" });
  const folder = await mkdtemp(join(tmpdir(), "bailiff-ignore-"));
  for (const [index, path] of [...ignoreFiles.keys()].entries()) {
    const place = diskPath(folder, path);
    await mkdir(diskPath(folder, dirname(path)), { recursive: true });
    await writeFile(place, contents[index] ?? "");
  }
  return {
    ignored: (entries) => ignoredAmong(entries, { gitDir: own.gitDir, folder }),
    [Symbol.asyncDispose]: async () => {
      await own.dispose();
      await removeFolder(folder);
    },
  };
}

const MAX_IGNORE_FILE_BYTES = 1024 * 1024;
const MAX_ANSWER_BYTES = 512 * 1024 * 1024;

async function ignoredAmong(
  entries: readonly UnknownEntry[],
  { gitDir, folder }: { readonly gitDir: string; readonly folder: string },
): Promise<ReadonlySet<RawPath>> {
  if (entries.length === 0) return new Set();
  // A pattern that ends in a slash ignores folders only, and git looks which a path is.
  for (const { path, isFolder } of entries) {
    if (isFolder) await mkdir(diskPath(folder, path), { recursive: true });
  }
  const args = ["check-ignore", "--no-index", "-z", "--stdin"];
  const { status, stdout, stderr } = await runGit({
    gitDir,
    args,
    input: Buffer.from(entries.map(({ path }) => `${HERE}${path}\0`).join(""), "latin1"),
    environment: { GIT_WORK_TREE: folder },
    maxOutputBytes: MAX_ANSWER_BYTES,
  });
  if (status !== IGNORED && status !== NONE_IGNORED) throw gitFailed(args, status, stderr);
  const paths = stdout.toString("latin1").split("\0").slice(0, -1);
  if (paths.length === 0 && status === IGNORED) {
    throw new GitError("GIT_FAILED", "git check-ignore named no path; run again");
  }
  return new Set(paths.map((path) => path.slice(HERE.length)));
}

/** A name that starts with a colon would be read as pathspec magic; git answers as it was asked. */
const HERE = "./";

const IGNORED = 0;
const NONE_IGNORED = 1;
