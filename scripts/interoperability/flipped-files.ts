import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";

/** The files of a folder at any depth, relative to it, sorted. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .sort();
}

/** Runs `check` while one bit in the middle of a file is another. */
export async function whileFlipped<T>(path: string, check: () => Promise<T>): Promise<T> {
  const bytes = await readFile(path);
  const flipped = Buffer.from(bytes);
  const middle = flipped.length >> 1;
  flipped[middle] = (flipped[middle] ?? 0) ^ 1;
  await writeFile(path, flipped);
  try {
    return await check();
  } finally {
    await writeFile(path, bytes);
  }
}
