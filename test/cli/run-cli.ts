import { spawn } from "node:child_process";
import { join } from "node:path";
import { Readable } from "node:stream";
import { main } from "../../cli/main.ts";

/** What one run of the CLI came to. */
export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly said: string;
}

/** Runs the CLI's `main` in this process, as a terminal without colours. */
export async function runCli(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input = "",
): Promise<Ran> {
  let [out, said] = ["", ""];
  const status = await main(args, {
    env,
    colour: false,
    now: () => new Date(),
    input: () => Readable.from([Buffer.from(input)]),
    out: (text) => (out += text),
    say: (line) => (said += `${line}\n`),
  });
  return { status, out, said };
}

/** Where a program starts, and where its words go, where that is not to the test. */
export interface Places {
  readonly folder?: string;
  /** A file descriptor. */
  readonly stdout?: number;
  /** Whoever read stderr is gone. */
  readonly closeStderr?: boolean;
}

/** Runs `./bailiff` as a user does, in a process of its own. */
export function spawnCli(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  { folder, stdout, closeStderr = false }: Places = {},
): Promise<Ran> {
  const child = spawn(join(import.meta.dirname, "../../bailiff"), args, {
    ...(folder !== undefined && { cwd: folder }),
    env: { ...process.env, ...env },
    stdio: ["ignore", stdout ?? "pipe", "pipe"],
  });
  let [out, said] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => (out += chunk.toString("utf8")));
  child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
  if (closeStderr) child.stderr?.destroy();
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      resolve({ status: status ?? -1, out, said });
    });
  });
}
