import { link, rename, rm } from "node:fs/promises";
import { isDead, readHolder, silenceOf, type Holder } from "./lock-holder.ts";

/** A lock's file, and the one that holds our name and stands ready to become it. */
export interface LockFiles {
  readonly path: string;
  readonly temporary: string;
}

/**
 * Takes a lock that nobody holds, or whose holder is dead; false where it is not to be had now.
 *
 * A link is made whole or not at all: no reader sees a lock without its holder.
 */
export async function tryTake(files: LockFiles): Promise<boolean> {
  if (await linked(files.temporary, files.path)) return true;
  const holder = await readHolder(files.path);
  if (holder === null) return false;
  // Asked after the holder: a lock that was replaced meanwhile is no more silent than the new one.
  return isDead(holder, await silenceOf(files.path)) && takeOver(files, holder);
}

/**
 * Replaces a dead holder's lock by ours; false where somebody else did, or is about to.
 *
 * Only whoever holds `<lock>.<dead token>.claim` may touch the lock of that token. Under the claim it
 * is read again: since it was seen dead, another may have taken it over and given back the claim. A
 * claim is a lock itself: that of a process that dies right here is taken over in the same way.
 */
export async function takeOver({ path, temporary }: LockFiles, dead: Holder): Promise<boolean> {
  const claim = `${path}.${dead.token}.claim`;
  if (!(await tryTake({ path: claim, temporary }))) return false;
  try {
    if ((await readHolder(path))?.token !== dead.token) return false;
    const replacement = `${temporary}.new`;
    await link(temporary, replacement);
    await rename(replacement, path);
    return true;
  } finally {
    await rm(claim, { force: true });
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
