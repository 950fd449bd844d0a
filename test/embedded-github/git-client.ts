import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";

/** What a git command on somebody's machine came to. */
interface GitRun {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Somebody's machine: a folder, and git with their token. */
export interface GitClient extends AsyncDisposable {
  readonly folder: string;
  run(...args: readonly string[]): Promise<GitRun>;
}

/** Without a token git asks as nobody. */
export async function gitClient(token: string | null): Promise<GitClient> {
  const folder = await mkdtemp(`${tmpdir()}/git-client-`);
  return {
    folder,
    run: (...args) => run(folder, token, args),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

function run(folder: string, token: string | null, args: readonly string[]): Promise<GitRun> {
  const child = spawn("git", args, { cwd: folder, env: environment(folder, token) });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      resolve({ ok: status === 0, stdout: stdout.trim(), stderr });
    });
  });
}

function environment(folder: string, token: string | null): NodeJS.ProcessEnv {
  const quiet = {
    PATH: process.env["PATH"],
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_AUTHOR_NAME: "ann",
    GIT_AUTHOR_EMAIL: "ann@example.invalid",
    GIT_COMMITTER_NAME: "ann",
    GIT_COMMITTER_EMAIL: "ann@example.invalid",
  };
  if (token === null) return quiet;
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  return {
    ...quiet,
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "http.extraHeader",
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
  };
}
