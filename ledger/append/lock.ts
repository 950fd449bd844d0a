import { randomBytes, randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { LedgerError } from "../errors.ts";
import { makeFolder } from "./durable-files.ts";

/** Lets one process at a time work. */
export interface Lock {
  /** Runs `work` while nobody else does; throws LOCKED where that is not granted in time. */
  hold<T>(work: () => Promise<T>): Promise<T>;
}

/** Who holds a lock. `start` tells a process from a later one with its number, null where the system does not say. */
interface Holder {
  readonly token: string;
  readonly host: string;
  readonly pid: number;
  readonly start: string | null;
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
  const temporary = `${path}.${own.token}.tmp`;
  await writeFile(temporary, JSON.stringify(own), { flag: "wx", mode: 0o600 });
  try {
    while (!(await tryAcquire(path, temporary, own))) {
      if (performance.now() > deadline) throw await lockedError(path);
      await pause(randomInt(PAUSE_MS.least, PAUSE_MS.most));
    }
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Somebody may have removed our lock by hand, and another process taken it since. */
async function release(path: string, own: Holder): Promise<void> {
  if ((await readHolder(path))?.token === own.token) await rm(path, { force: true });
}

/** A link is made whole or not at all: no reader ever sees a lock without its holder. */
async function tryAcquire(path: string, temporary: string, own: Holder): Promise<boolean> {
  if (await linked(temporary, path)) return true;
  const holder = await readHolder(path);
  return holder !== null && isDead(holder) && takeOver({ path, temporary, dead: holder, own });
}

/**
 * Replaces a dead holder's lock by ours.
 *
 * Only whoever made `<lock>.<dead token>.claim` may touch the lock of that token; under the claim it
 * is read again, because somebody else may have replaced it since. A process that dies right here
 * leaves its claim: the lock then stays, rather than be held twice.
 */
async function takeOver(takeover: {
  path: string;
  temporary: string;
  dead: Holder;
  own: Holder;
}): Promise<boolean> {
  const { path, temporary, dead, own } = takeover;
  const claim = `${path}.${dead.token}.claim`;
  if (!(await linked(temporary, claim))) return false;
  try {
    if ((await readHolder(path))?.token !== dead.token) return false;
    const replacement = `${path}.${own.token}.new`;
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

async function readHolder(path: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new LedgerError("LOCKED", `${path} is not a lock of ours: look at it, and remove it`, {
      cause: error,
    });
  }
}

async function lockedError(path: string): Promise<LedgerError> {
  const holder = await readHolder(path);
  const who = holder === null ? "another process" : `process ${holder.pid} on ${holder.host}`;
  return new LedgerError(
    "LOCKED",
    `${who} holds ${path}; if it is gone, remove that file and the claims beside it`,
  );
}

function newHolder(): Holder {
  const token = randomBytes(12).toString("hex");
  return { token, host: hostname(), pid: process.pid, start: startOf(process.pid) };
}

function isDead({ host, pid, start }: Holder): boolean {
  if (host !== hostname()) return false;
  return !isRunning(pid) || (start !== null && startOf(pid) !== start);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The boot and the tick that a process started at: Linux tells, in field 22 of its `stat`. */
function startOf(pid: number): string | null {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets, and may hold anything.
    const tick = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return tick === undefined ? null : `${boot} ${tick}`;
  } catch {
    return null;
  }
}
