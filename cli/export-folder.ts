import { randomBytes } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { LedgerError } from "../ledger/errors.ts";
import type { ExportFolder } from "../ledger/export/export-folder.ts";
import { UsageError } from "./terminal.ts";

/**
 * The folder that `--to` names; it is made by the first file. Throws a `UsageError` for a place
 * that cannot be one, or that is git's.
 */
export function openExportFolder(directory: string): ExportFolder {
  refuseOddPlace(directory);
  const touched = new Set<string>();
  const place = async (path: string, bytes: Uint8Array): Promise<void> => {
    const target = join(directory, path);
    await mkdir(dirname(target), { recursive: true });
    await writeWhole(directory, target, bytes);
    touched.add(dirname(target));
  };
  return {
    read: (path) => readIfThere(join(directory, path)),
    names: () => namesIn(directory),
    paths: () => pathsIn(directory),
    add: place,
    publish: async (path, bytes) => {
      await syncFolders(directory, touched);
      await place(path, bytes);
      await syncFolders(directory, touched);
      await removePartial(directory);
    },
  };
}

/** What a crash may leave: a file that never got its name. */
const PARTIAL = /^\.[0-9a-f]{16}\.partial$/;

function refuseOddPlace(directory: string): void {
  if (directory === "") throw new UsageError("--to names no folder", "name one: --to DIR");
  if (existsSync(directory) && !statSync(directory).isDirectory()) {
    throw new UsageError(`--to ${directory} is not a folder`, "name one that is empty or absent");
  }
  for (const folder of selfAndAbove(resolve(directory))) {
    if (["HEAD", "objects", "refs"].every((name) => existsSync(join(folder, name)))) {
      const what = `--to ${directory} is inside a git repository's own folder`;
      throw new UsageError(what, "name one outside of it");
    }
  }
}

function* selfAndAbove(path: string): Iterable<string> {
  yield path;
  if (dirname(path) !== path) yield* selfAndAbove(dirname(path));
}

async function namesIn(directory: string): Promise<readonly string[]> {
  const names = (await ifThere(readdir(directory))) ?? [];
  return names.filter((name) => !PARTIAL.test(name)).sort();
}

/** A link in it would be read and written through, and is served as what it leads to. */
async function* pathsIn(directory: string, below = ""): AsyncGenerator<string> {
  const entries = await ifThere(readdir(join(directory, below), { withFileTypes: true }));
  for (const entry of entries ?? []) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) yield* pathsIn(directory, path);
    else if (!entry.isFile()) throw noFile(path);
    else if (!PARTIAL.test(path)) yield path;
  }
}

function noFile(path: string): LedgerError {
  return new LedgerError("EXPORT_OCCUPIED", `${path} is neither a file nor a folder`);
}

function readIfThere(path: string): Promise<Uint8Array | null> {
  return ifThere(readFile(path));
}

async function ifThere<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

async function writeWhole(directory: string, target: string, bytes: Uint8Array): Promise<void> {
  const partial = join(directory, `.${randomBytes(8).toString("hex")}.partial`);
  try {
    const file = await open(partial, "wx");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** A new name reaches the disk with its folder, and a new folder with the one above it. */
async function syncFolders(directory: string, touched: ReadonlySet<string>): Promise<void> {
  const folders = new Set([...touched].flatMap((folder) => [...between(directory, folder)]));
  for (const folder of folders) {
    const handle = await open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

function* between(top: string, folder: string): Iterable<string> {
  yield folder;
  if (folder.length > top.length) yield* between(top, dirname(folder));
}

async function removePartial(directory: string): Promise<void> {
  const left = (await readdir(directory)).filter((name) => PARTIAL.test(name));
  for (const name of left) await rm(join(directory, name), { force: true });
}
