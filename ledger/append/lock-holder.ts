import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { LedgerError } from "../errors.ts";

/** Who holds a lock. `start` tells a process from a later one with its number, null where the system does not say. */
export interface Holder {
  readonly token: string;
  readonly host: string;
  readonly pid: number;
  readonly start: string | null;
}

/** This process, under a token that is used once. */
export function newHolder(): Holder {
  const token = randomBytes(12).toString("hex");
  return { token, host: hostname(), pid: process.pid, start: startOf(process.pid) };
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

/** Whether a holder is known to be gone; of another host nothing is known. */
export function isDead({ host, pid, start }: Holder): boolean {
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
