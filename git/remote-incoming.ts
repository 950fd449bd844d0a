import { readdir, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";

/** What one fetch is bringing: the temporary files that came up since it began. */
export interface Incoming {
  bytes(): Promise<number>;
  /** For a fetch that was stopped: git leaves its files behind. */
  remove(): Promise<void>;
}

/** Tells from now on what comes in. Files that were there before belong to other fetches, or to none. */
export async function watchIncoming(gitDir: string): Promise<Incoming> {
  const before = new Set(await temporaryFiles(gitDir));
  const own = async () => (await temporaryFiles(gitDir)).filter((path) => !before.has(path));
  return {
    bytes: async () => {
      const sizes = await Promise.all((await own()).map((path) => sizeOf(path)));
      return sizes.reduce((sum, size) => sum + size, 0);
    },
    remove: async () => {
      await Promise.all((await own()).map((path) => rm(path, { force: true })));
    },
  };
}

/** Removes what was not written to for `ageMs`: whoever wrote it was killed. */
export async function removeAbandoned(gitDir: string, ageMs: number): Promise<void> {
  for (const path of await temporaryFiles(gitDir)) {
    const written = await stat(path).catch(() => null);
    if (written !== null && Date.now() - written.mtimeMs > ageMs) await rm(path, { force: true });
  }
}

/** The paths of all files that finished and unfinished fetches have written. */
export async function packFiles(gitDir: string): Promise<string[]> {
  const folder = join(gitDir, "objects/pack");
  const names = await readdir(folder).catch(() => []);
  return names.map((name) => join(folder, name));
}

/** A file's size; 0 where it is gone. */
export async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

async function temporaryFiles(gitDir: string): Promise<string[]> {
  return (await packFiles(gitDir)).filter((path) => basename(path).startsWith("tmp_"));
}
