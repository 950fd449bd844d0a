import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { LedgerError } from "../errors.ts";

/** Who holds a lock. `start` tells a process from a later one with its number, null where the system does not say. */
export interface Holder {
  readonly token: string;
  readonly host: string;
  readonly pid: number;
  readonly start: string | null;
  /** Where its number means something (`pid:[4026531836]`), null where the system has no such thing. Older locks lack it. */
  readonly pidNamespace?: string | null;
}

/** How long a lock may go without a sign of its holder, who gives one every few seconds. */
export const SILENT_MS = 180_000;

/** This process, under a token that is used once. */
export function newHolder(): Holder {
  const token = randomBytes(12).toString("hex");
  const start = startOf(process.pid);
  return { token, host: hostname(), pid: process.pid, start, pidNamespace: ownNamespace() };
}

/** The holder that a lock's file names, null where there is none; throws LOCKED for any other file. */
export async function readHolder(path: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new LedgerError("LOCKED", `${path} is not a lock of ours: look at it, and remove it`, {
      cause: error,
    });
  }
}

/**
 * Whether a holder is known to be gone; of another host nothing is known.
 *
 * Containers may share a hostname and number their processes each for itself: a holder of another
 * PID namespace cannot be looked up, and is dead only once its lock was silent for long.
 */
export function isDead(holder: Holder, silentMs: number): boolean {
  const { host, pid, start } = holder;
  if (host !== hostname()) return false;
  if (isElsewhere(holder)) return silentMs > SILENT_MS;
  return !isRunning(pid) || (start !== null && startOf(pid) !== start);
}

/** Whether a holder's number says nothing here, though its host has our name. */
export function isElsewhere({ pidNamespace }: Holder): boolean {
  return pidNamespace !== undefined && pidNamespace !== ownNamespace();
}

/** How long ago the holder of a lock's file gave a sign; 0 where the file is gone. */
export async function silenceOf(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
}

function ownNamespace(): string | null {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return null;
  }
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
