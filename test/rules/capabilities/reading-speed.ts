import { readFileGrants } from "../../../rules/capabilities/read-file.ts";
import type { Adversary } from "./adversaries.ts";

/** Milliseconds of this thread's own work to read a file: the least of several, as others share the machine. */
export function readingMs({ path, write }: Adversary, bytes: number): number {
  const content = new TextEncoder().encode(write(bytes));
  const version = { oid: "0".repeat(40), mode: "100644" } as const;
  // What is known of an array of bytes is kept with it: each run has one of its own.
  return leastMs(() => readFileGrants({ path, version, content: content.slice() }));
}

export function leastMs(work: () => unknown, runs = 3): number {
  const times = Array.from({ length: runs }, () => {
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}

/** What twice as much may take, as a multiple; linear work would take twice as long. */
const MAX_GROWTH = 2.5;
/** Below this, what is measured is the machine. */
const NOISE_MS = 40;
/** Others on the machine only ever add to a time: the least of a few rounds is the work's own. */
const MAX_ROUNDS = 5;

/** How long half of an amount and the whole of it took, each the least of the rounds it needed. */
export interface Growth {
  readonly half: number;
  readonly whole: number;
}

export function isLinear({ half, whole }: Growth): boolean {
  return whole < MAX_GROWTH * half + NOISE_MS;
}

/** Measures until it is linear and within `maxMs`, or the rounds are used up. */
export function growthOf(
  time: (amount: number) => number,
  amount: number,
  maxMs = Infinity,
): Growth {
  let growth: Growth = { half: Infinity, whole: Infinity };
  for (let round = 1; round <= MAX_ROUNDS; round += 1) {
    growth = {
      half: Math.min(growth.half, time(amount / 2)),
      whole: Math.min(growth.whole, time(amount)),
    };
    if (isLinear(growth) && growth.whole < maxMs) break;
  }
  return growth;
}
