import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A folder of a writer's own. Each write has reached the disk, whole, before its promise ends. */
export interface DurableFiles {
  /** A file's bytes, null where there is none. */
  read(name: string): Promise<Uint8Array | null>;
  /** Replaces a file: whoever reads sees the old bytes or the new ones, also after a crash. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Adds to a file's end; a crash may leave a part of it there. */
  append(name: string, bytes: Uint8Array): Promise<void>;
  remove(name: string): Promise<void>;
}

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** Files under `directory`, readable by their owner alone; the folder is made by the first write. */
export function openDurableFiles(directory: string): DurableFiles {
  return {
    read: (name) => readIfThere(join(directory, name)),
    write: (name, bytes) => replace(join(directory, name), bytes),
    append: (name, bytes) => extend(join(directory, name), bytes),
    remove: async (name) => {
      const path = join(directory, name);
      await rm(path, { force: true });
      await makeFolder(dirname(path));
      await syncFolder(dirname(path));
    },
  };
}

/** Makes a folder and its parents, each durably, for their owner alone. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: FOLDER_MODE });
  if (first === undefined) return;
  for (let folder = path; folder !== dirname(first); folder = dirname(folder)) {
    await syncFolder(dirname(folder));
  }
}

async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

async function replace(path: string, bytes: Uint8Array): Promise<void> {
  await makeFolder(dirname(path));
  const temporary = `${path}.${randomBytes(8).toString("hex")}.tmp`;
  try {
    await writeSynced(await open(temporary, "wx", FILE_MODE), bytes);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

async function extend(path: string, bytes: Uint8Array): Promise<void> {
  await makeFolder(dirname(path));
  await writeSynced(await open(path, "a", FILE_MODE), bytes);
  await syncFolder(dirname(path));
}

async function writeSynced(file: FileHandle, bytes: Uint8Array): Promise<void> {
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A new name reaches the disk with its folder, not with its file. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
