import { randomInt } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { LedgerError } from "../errors.ts";
import { makeFolder } from "./durable-files.ts";
import { tryTake } from "./lock-files.ts";
import { newHolder, readHolder, type Holder } from "./lock-holder.ts";

/** Lets one process at a time work. */
export interface Lock {
  /** Runs `work` while nobody else does; throws LOCKED where that is not granted in time. */
  hold<T>(work: () => Promise<T>): Promise<T>;
}

const DEFAULT_WAIT_MS = 30_000;
const PAUSE_MS = { least: 5, most: 40 } as const;

/**
 * The lock that the file `path` is: whoever made it holds it.
 *
 * A lock whose process is dead (on this host) is taken over; one of another host is waited for.
 */
export function openLock(path: string, waitMs: number = DEFAULT_WAIT_MS): Lock {
  return {
    async hold(work) {
      const own = newHolder();
      await makeFolder(dirname(path));
      await acquire(path, own, waitMs);
      try {
        return await work();
      } finally {
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

/** Somebody may have removed our lock by hand, and another process taken it since. */
async function release(path: string, own: Holder): Promise<void> {
  if ((await readHolder(path))?.token === own.token) await rm(path, { force: true });
}

async function lockedError(path: string): Promise<LedgerError> {
  const holder = await readHolder(path);
  const who = holder === null ? "another process" : `process ${holder.pid} on ${holder.host}`;
  return new LedgerError(
    "LOCKED",
    `${who} holds ${path}; if it is gone, remove that file and the claims beside it`,
  );
}
