import { open, readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { GitError } from "./errors.ts";
import { createOwnDirectory, type ObjectFormat } from "./own-directory.ts";
import { runGit } from "./run-git.ts";

/** Where a repository keeps what is read of it. Nothing of it has been obeyed to find this out. */
export interface Location {
  readonly gitDir: string;
  /** The folder that holds `.git`; null where the place is a git directory itself. */
  readonly workTree: string | null;
  /** The same as `gitDir`, but for a linked work tree: there it is the main repository's. */
  readonly commonDir: string;
  readonly objectsDir: string;
  readonly objectFormat: ObjectFormat;
  readonly head: string;
  /** The content of `shallow`, null where history is complete. */
  readonly shallow: Uint8Array | null;
}

/**
 * Finds the repository of a folder: a work tree or a folder below one, a linked work tree, or a bare
 * repository. Who owns the folder does not matter, since nothing in it is executed.
 */
export async function locateRepository(directory: string): Promise<Location> {
  const start = resolve(directory);
  // A mistyped name below a repository must not stand for that repository.
  if (!(await isPlace(start))) throw noRepository(`there is no folder ${start}`);
  const found = await findGitDir(start);
  if (found === null) throw noRepository(`${start} is not in a git repository`);
  const { gitDir, workTree } = found;
  const commonDir = await commonDirOf(gitDir);
  const shallow = await readSmall(join(commonDir, "shallow"), MAX_SHALLOW_BYTES);
  return {
    gitDir,
    workTree,
    commonDir,
    objectsDir: join(commonDir, "objects"),
    objectFormat: await objectFormatOf(commonDir),
    head: (await readSmall(join(gitDir, "HEAD"), MAX_POINTER_BYTES))?.toString("utf8") ?? "",
    shallow: shallow === null || shallow.length === 0 ? null : shallow,
  };
}

/** The branch that a `HEAD`-like file points to below `prefix`, null where it points elsewhere. */
export function branchOf(head: string, prefix: string): string | null {
  const target = /^ref: *(\S+)\s*$/.exec(head)?.[1];
  return target?.startsWith(prefix) ? target.slice(prefix.length) : null;
}

/** Reads a regular file; null where there is none. A FIFO or a device is never opened. */
export async function readSmall(path: string, maxBytes: number): Promise<Buffer | null> {
  const status = await stat(path).catch(() => null);
  if (status?.isFile() !== true) return null;
  if (status.size > maxBytes) {
    throw new GitError("UNSUPPORTED_REPOSITORY", `${path} is larger than ${maxBytes} bytes`);
  }
  return readFile(path);
}

const MAX_POINTER_BYTES = 64 * 1024;
const MAX_SHALLOW_BYTES = 16 * 1024 * 1024;
const MAX_CONFIG_BYTES = 1024 * 1024;

/** A folder, or a file that says where a git directory is. */
async function isPlace(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => null);
  return status?.isDirectory() === true || (await gitDirAt(path)) !== null;
}

async function findGitDir(start: string): Promise<Pick<Location, "gitDir" | "workTree"> | null> {
  for (let folder = start; ; folder = dirname(folder)) {
    const inside = await gitDirAt(join(folder, ".git"));
    if (inside !== null) return { gitDir: inside, workTree: folder };
    const itself = await gitDirAt(folder);
    if (itself !== null) return { gitDir: itself, workTree: null };
    if (folder === dirname(folder)) return null;
  }
}

/** A git directory itself, or a `.git` file that names one: `gitdir: PATH`. */
async function gitDirAt(path: string): Promise<string | null> {
  if (await isGitDir(path)) return path;
  const pointer = await readPointer(path);
  const target = pointer === null ? undefined : /^gitdir: (.+?)\r?\n?$/s.exec(pointer)?.[1];
  if (target === undefined) return null;
  const gitDir = resolve(dirname(path), target);
  if (await isGitDir(gitDir)) return gitDir;
  // Looking further up would judge another repository than the one that was meant.
  throw new GitError("NOT_A_REPOSITORY", `${path} names no git directory; repair or remove it`);
}

async function isGitDir(path: string): Promise<boolean> {
  const head = await readSmall(join(path, "HEAD"), MAX_POINTER_BYTES).catch(() => null);
  if (head === null) return false;
  const commonDir = await commonDirOf(path);
  const folders = [join(commonDir, "objects"), join(commonDir, "refs")];
  const statuses = await Promise.all(folders.map((folder) => stat(folder).catch(() => null)));
  return statuses.every((status) => status?.isDirectory() === true);
}

async function commonDirOf(gitDir: string): Promise<string> {
  const pointer = await readPointer(join(gitDir, "commondir"));
  return pointer === null ? gitDir : resolve(gitDir, pointer.trimEnd());
}

/** Reads at most a pointer's length, whatever the file's size: any file may be called `.git`. */
async function readPointer(path: string): Promise<string | null> {
  const status = await stat(path).catch(() => null);
  if (status?.isFile() !== true) return null;
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_POINTER_BYTES), 0);
  return bytesRead === MAX_POINTER_BYTES ? null : buffer.toString("utf8", 0, bytesRead);
}

/** The two extensions that change how objects and refs are stored are all that is read of `config`. */
async function objectFormatOf(commonDir: string): Promise<ObjectFormat> {
  const path = join(commonDir, "config");
  const config = await readSmall(path, MAX_CONFIG_BYTES);
  if (config === null || !/objectformat|refstorage/i.test(config.toString("latin1"))) return "sha1";
  const own = await createOwnDirectory({ objectFormat: "sha1" });
  try {
    const format = await extension(own.gitDir, path, "objectFormat");
    const storage = await extension(own.gitDir, path, "refStorage");
    if (storage !== null && storage !== "files") throw unsupported(`stores refs as ${storage}`);
    if (format === null || format === "sha1") return "sha1";
    if (format !== "sha256") throw unsupported(`stores objects as ${format}`);
    return format;
  } finally {
    await own.dispose();
  }
}

async function extension(gitDir: string, config: string, name: string): Promise<string | null> {
  const args = ["config", "--file", config, "--no-includes", "--get", `extensions.${name}`];
  const { status, stdout } = await runGit({ gitDir, args, maxOutputBytes: MAX_POINTER_BYTES });
  return status === 0 ? stdout.toString("utf8").trim().toLowerCase() : null;
}

function noRepository(what: string): GitError {
  return new GitError("NOT_A_REPOSITORY", `${what}; name a work tree or a bare repository`);
}

function unsupported(what: string): GitError {
  const remedy = "clone it with a plain git clone and judge the clone";
  return new GitError("UNSUPPORTED_REPOSITORY", `the repository ${what.slice(0, 80)}; ${remedy}`);
}
