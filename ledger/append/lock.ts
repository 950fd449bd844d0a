import { randomInt } from "node:crypto";
import { rm, utimes, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { LedgerError } from "../errors.ts";
import { makeFolder } from "./durable-files.ts";
import { tryTake } from "./lock-files.ts";
import { isElsewhere, newHolder, readHolder, SILENT_MS, type Holder } from "./lock-holder.ts";

/** Lets one process at a time work. */
export interface Lock {
  /** Runs `work` while nobody else does; throws LOCKED where that is not granted in time. */
  hold<T>(work: () => Promise<T>): Promise<T>;
}

const DEFAULT_WAIT_MS = 30_000;
const SIGN_MS = 10_000;
const PAUSE_MS = { least: 5, most: 40 } as const;

/**
 * The lock that the file `path` is: whoever made it holds it.
 *
 * A lock whose process is dead (on this host) is taken over; one of another host is waited for.
 * While it is held its file is touched every `signMs`, for those who cannot see our process.
 */
export function openLock(
  path: string,
  waitMs: number = DEFAULT_WAIT_MS,
  signMs: number = SIGN_MS,
): Lock {
  return {
    async hold(work) {
      const own = newHolder();
      await makeFolder(dirname(path));
      await acquire(path, own, waitMs);
      const signs = setInterval(() => void giveSign(path, own), signMs).unref();
      try {
        return await work();
      } finally {
        clearInterval(signs);
        await release(path, own);
      }
    },
  };
}

async function acquire(path: string, own: Holder, waitMs: number): Promise<void> {
  const deadline = performance.now() + waitMs;
  const files = { path, temporary: `${path}.${own.token}.tmp` };
  try {
    await writeFile(files.temporary, JSON.stringify(own), { flag: "wx", mode: 0o600 });
    while (!(await tryTake(files))) {
      if (performance.now() > deadline) throw await lockedError(path);
      await pause(randomInt(PAUSE_MS.least, PAUSE_MS.most));
    }
  } finally {
    await rm(files.temporary, { force: true });
  }
}

/** A sign that cannot be given is missing, and no more: the next one may be. */
async function giveSign(path: string, own: Holder): Promise<void> {
  const holder = await readHolder(path).catch(() => null);
  if (holder?.token !== own.token) return;
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}

/** Somebody may have removed our lock by hand, and another process taken it since. */
async function release(path: string, own: Holder): Promise<void> {
  if ((await readHolder(path))?.token === own.token) await rm(path, { force: true });
}

async function lockedError(path: string): Promise<LedgerError> {
  const holder = await readHolder(path);
  const who = holder === null ? "another process" : `process ${holder.pid} on ${holder.host}`;
  const later =
    holder !== null && isElsewhere(holder)
      ? ` (in another container; taken over once it was silent for ${SILENT_MS / 1000} s)`
      : "";
  return new LedgerError(
    "LOCKED",
    `${who}${later} holds ${path}; if it is gone, remove that file and the claims beside it`,
  );
}
