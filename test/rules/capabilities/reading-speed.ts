import { readFileGrants } from "../../../rules/capabilities/read-file.ts";
import type { Adversary } from "./adversaries.ts";

/** Milliseconds of this thread's own work to read a file: the least of several, as others share the machine. */
export function readingMs({ path, write }: Adversary, bytes: number): number {
  const content = new TextEncoder().encode(write(bytes));
  const version = { oid: "0".repeat(40), mode: "100644" } as const;
  return leastMs(() => readFileGrants({ path, version, content }));
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
