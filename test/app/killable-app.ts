import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The App as an operator starts it: a process of its own. */
export interface KillableApp {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly process: ChildProcess;
  /** All that it wrote to stdout and stderr. */
  output(): string;
  /** The most memory that it had since the start or `forgetPeak`, in MiB (Linux). */
  peakMiB(): number;
  forgetPeak(): void;
  /** Resolves when it ended; without a signal it is only waited for. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

const MAIN = join(import.meta.dirname, "../../app/main.ts");

/** Starts `app/main.ts` with these variables and nothing else of the environment but the path. */
export async function startKillableApp(
  variables: Readonly<Record<string, string>>,
): Promise<KillableApp> {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env["PATH"], HOST: "127.0.0.1", PORT: "0", ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const ended = new Promise<void>((resolve) => {
    child.on("close", () => {
      resolve();
    });
  });
  const listening = new Promise<string>((resolve, reject) => {
    const take = (chunk: Buffer) => {
      output += chunk.toString("utf8");
      const [, url] = /"message":"listening","url":"([^"]+)"/.exec(output) ?? [];
      if (url !== undefined) resolve(url);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    void ended.then(() => {
      reject(new Error(`the App did not start: ${output}`));
    });
  });
  return {
    url: await listening,
    process: child,
    output: () => output,
    peakMiB: () => peakMiB(child.pid ?? 0),
    // proc(5): 5 sets the peak back to what is resident now.
    forgetPeak: () => {
      writeFileSync(`/proc/${child.pid ?? 0}/clear_refs`, "5");
    },
    async end(signal) {
      if (signal !== undefined) child.kill(signal);
      await ended;
    },
  };
}

/** `VmHWM:   123456 kB` of `/proc/PID/status`. */
function peakMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmHWM:\s+([0-9]+) kB$/m.exec(status)?.[1]) / 1024;
}
