import { spawn } from "node:child_process";
import { join } from "node:path";

/** One run of the CLI in a process of its own, and what that process took; git's is not counted. */
export interface MeasuredRun {
  readonly status: number;
  readonly out: string;
  readonly said: string;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

/** What a process counts as its peak, Linux takes over from whoever started it; its own is in /proc. */
const TELL_USAGE = `import { readFileSync } from "node:fs";
process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  let peak = maxRSS;
  try { peak = /VmHWM:\\s+(\\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))[1]; } catch {}
  console.error("usage", peak, userCPUTime + systemCPUTime);
});`;

export async function runMeasured(args: readonly string[]): Promise<MeasuredRun> {
  const hook = `data:text/javascript,${encodeURIComponent(TELL_USAGE)}`;
  const entry = join(import.meta.dirname, "../../cli/bailiff.ts");
  const child = spawn(process.execPath, ["--import", hook, entry, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, said] = [child.stdout, child.stderr].map((stream) => {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    return chunks;
  });
  const status = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve(code ?? -1);
    });
  });
  const text = Buffer.concat(said ?? []).toString("utf8");
  const [, kilobytes, microseconds] = /^usage (\d+) (\d+)$/m.exec(text) ?? [];
  return {
    ...{ status, out: Buffer.concat(out ?? []).toString("utf8"), said: text },
    cpuSeconds: Number(microseconds) / 1_000_000,
    peakMegabytes: Number(kilobytes) / 1_024,
  };
}
