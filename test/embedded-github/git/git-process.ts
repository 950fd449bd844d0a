import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";

/** What one git process answered. */
export interface GitAnswer {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs git in a repository of ours and answers its output; throws where it fails. */
export async function git(
  folder: string,
  args: readonly string[],
  input: string | Uint8Array = "",
): Promise<string> {
  const answer = await tryGit(folder, args, input);
  if (answer.status === 0) return answer.stdout.toString("utf8").trimEnd();
  throw new Error(`git ${args.join(" ")} in ${folder}: ${answer.stderr.trim()}`);
}

/** Runs git and answers whatever came of it. */
export function tryGit(
  folder: string,
  args: readonly string[],
  input: string | Uint8Array = "",
): Promise<GitAnswer> {
  const child = startGit(folder, args, {});
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return collect(child);
}

/** Starts git without the configuration of machine and user. */
export function startGit(
  folder: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): ChildProcessWithoutNullStreams {
  return spawn("git", args, { cwd: folder, env: { ...quietEnvironment(folder), ...environment } });
}

function quietEnvironment(folder: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"],
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_DIR: folder,
    GIT_TERMINAL_PROMPT: "0",
  };
}

function collect(child: ChildProcessWithoutNullStreams): Promise<GitAnswer> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      const output = Buffer.concat(stdout);
      resolve({ status: status ?? -1, stdout: output, stderr: Buffer.concat(stderr).toString() });
    });
  });
}
