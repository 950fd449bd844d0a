import { link, rename, rm } from "node:fs/promises";
import { readHolder, type Holder } from "./lock-holder.ts";

/** A lock's file, and the one that holds our name and stands ready to become it. */
export interface LockFiles {
  readonly path: string;
  readonly temporary: string;
}

/** Takes a lock that nobody holds. A link is made whole or not at all: no reader sees a lock without its holder. */
export function take({ path, temporary }: LockFiles): Promise<boolean> {
  return linked(temporary, path);
}

/**
 * Replaces a dead holder's lock by ours; false where somebody else did, or is about to.
 *
 * Only whoever made `<lock>.<dead token>.claim` may touch the lock of that token. Under the claim it
 * is read again: since it was seen dead, another may have taken it over and given back the claim. A
 * process that dies right here leaves its claim: the lock then stays, rather than be held twice.
 */
export async function takeOver({ path, temporary }: LockFiles, dead: Holder): Promise<boolean> {
  const claim = `${path}.${dead.token}.claim`;
  if (!(await linked(temporary, claim))) return false;
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
