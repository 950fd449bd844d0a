import { open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { Adapter } from "lowdb";

/**
 * A lowdb adapter whose `write` resolves once the data is on the disk itself.
 *
 * lowdb's own `JSONFile` renames without flushing: a power cut after it answered can leave the
 * old file, or an empty one, and with it an event that GitHub was told is safe. Here the new
 * file is flushed, then renamed, then its folder is flushed. The file is its owner's only.
 */
export function durableJsonFile<T>(path: string): Adapter<T> {
  return {
    async read() {
      const text = await readText(path);
      return text === null ? null : (JSON.parse(text) as T);
    },
    async write(data) {
      const temporary = `${path}.new`;
      await writeFlushed(temporary, `${JSON.stringify(data)}\n`);
      await rename(temporary, path);
      await flushFolder(dirname(path));
    },
  };
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

async function writeFlushed(path: string, text: string): Promise<void> {
  await using file = await open(path, "w", 0o600);
  await file.writeFile(text);
  await file.sync();
}

async function flushFolder(path: string): Promise<void> {
  await using folder = await open(path, "r");
  await folder.sync();
}
