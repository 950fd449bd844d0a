import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** What one process took, threads included. */
export interface MeasuredRun {
  readonly seconds: number;
  /** On a machine that others share, the time that the process worked tells more than the clock. */
  readonly workSeconds: number;
  readonly megabytes: number;
}

/** The built CLI. */
export const BAILIFF = join(import.meta.dirname, "../dist/bailiff.js");

/** Runs a script by this Node to its end; throws where it exits with another status than 0 or 1. */
export function runMeasured(script: string, args: readonly string[]): MeasuredRun {
  const hook = `data:text/javascript,${encodeURIComponent(TELL_USAGE)}`;
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--import", hook, script, ...args], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const seconds = (performance.now() - started) / 1_000;
  const usage = /^usage (\d+) (\d+)$/m.exec(stderr);
  if ((status !== 0 && status !== 1) || usage === null) {
    throw new Error(`${script} ${args.join(" ")} exited with ${String(status)}: ${stderr}`);
  }
  const [kilobytes, microseconds] = usage.slice(1).map(Number);
  return {
    seconds,
    workSeconds: (microseconds ?? Number.NaN) / 1_000_000,
    megabytes: (kilobytes ?? Number.NaN) / 1_024,
  };
}

export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

const TELL_USAGE = `
  import { isMainThread } from "node:worker_threads";
  if (isMainThread) process.on("exit", () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    console.error("usage", maxRSS, userCPUTime + systemCPUTime);
  });`;
