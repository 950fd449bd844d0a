import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What one run of the Go program came to. */
export interface Ran {
  readonly ok: boolean;
  readonly out: string;
  readonly said: string;
}

/** The Go program of `test/interoperability/`, built. */
export type TheirTools = (...args: readonly string[]) => Promise<Ran>;

const SOURCE = fileURLToPath(new URL("../../test/interoperability/", import.meta.url));

/** Whether this machine can build it at all. */
export function isGoThere(): boolean {
  return spawnSync("go", ["version"], { stdio: "ignore" }).status === 0;
}

/** Builds the program as `path`; its two modules come from the Go module proxy, held against go.sum. */
export async function buildTheirTools(path: string): Promise<TheirTools> {
  const built = await run("go", ["build", "-trimpath", "-o", path, "."], SOURCE);
  if (!built.ok) throw new Error(`go build: ${built.said}`);
  return (...args) => run(path, args, SOURCE);
}

function run(command: string, args: readonly string[], folder: string): Promise<Ran> {
  const child = spawn(command, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let [out, said] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString("utf8")));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      resolve({ ok: status === 0, out: out.trim(), said: said.trim() });
    });
  });
}
