import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { gitEnvironment, type RemoteAccess } from "./environment.ts";
import { GitError, oneLine } from "./errors.ts";

export interface GitCall {
  /** A git directory of our own: `createOwnDirectory` makes them. */
  readonly gitDir: string;
  readonly args: readonly string[];
  readonly input?: Uint8Array | string;
  /** Where given, git may reach this remote and nothing else. */
  readonly access?: RemoteAccess;
  readonly environment?: Readonly<Record<string, string>>;
  readonly maxOutputBytes?: number;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface GitResult {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs git and gives its stdout; a status other than 0 is `GIT_FAILED`. */
export async function git(call: GitCall): Promise<Buffer> {
  const { status, stdout, stderr } = await runGit(call);
  if (status !== 0) throw gitFailed(call.args, status, stderr);
  return stdout;
}

/** Runs git to its end, whatever its status. Output over the cap and time over the limit throw. */
export function runGit(call: GitCall): Promise<GitResult> {
  const { promise, resolve, reject } = Promise.withResolvers<GitResult>();
  const child = startGit(call);
  const stdout = collect(child, call.maxOutputBytes ?? MAX_OUTPUT_BYTES);
  const stderr = collectErrors(child);
  const timeoutMs = call.timeoutMs ?? TIMEOUT_MS;
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    stop(child);
  }, timeoutMs);
  const abort = () => {
    stop(child);
  };
  call.signal?.addEventListener("abort", abort);
  child.on("error", (error) => {
    clearTimeout(timer);
    reject(cannotStart(error));
  });
  child.on("close", (status) => {
    clearTimeout(timer);
    call.signal?.removeEventListener("abort", abort);
    if (timedOut) reject(timedOutError(call.args, timeoutMs));
    else if (stdout.over)
      reject(new GitError("TOO_LARGE", `git ${verb(call.args)}: too much output`));
    else resolve({ status: status ?? -1, stdout: Buffer.concat(stdout.chunks), stderr: stderr() });
  });
  child.stdin.end(call.input ?? "");
  return promise;
}

/** Starts git with piped streams; whoever starts it ends it. */
export function startGit(
  call: Pick<GitCall, "gitDir" | "args" | "access" | "environment">,
): ChildProcessWithoutNullStreams {
  const child = spawn("git", call.args, {
    cwd: call.gitDir,
    env: { ...gitEnvironment(call.gitDir, call.access), ...call.environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  // A process that ends early breaks the pipe; its status tells more than EPIPE does.
  child.stdin.on("error", () => undefined);
  return child;
}

/** Keeps the first 64 KiB of what the process prints to stderr. */
export function collectErrors(child: ChildProcessWithoutNullStreams): () => string {
  let text = "";
  child.stderr.on("data", (chunk: Buffer) => {
    if (text.length < MAX_ERROR_CHARACTERS) text += chunk.toString("utf8");
  });
  return () => text.slice(0, MAX_ERROR_CHARACTERS);
}

export function gitFailed(
  args: readonly string[],
  status: number | null,
  stderr: string,
): GitError {
  if (status === 129) {
    return new GitError(
      "GIT_FAILED",
      `git ${verb(args)}: this git is too old; 2.38 or newer is needed`,
    );
  }
  const why = oneLine(stderr);
  return new GitError("GIT_FAILED", `git ${verb(args)} ended with ${status ?? "a signal"}: ${why}`);
}

export function timedOutError(args: readonly string[], timeoutMs: number): GitError {
  return new GitError("GIT_TIMED_OUT", `git ${verb(args)} gave no answer within ${timeoutMs} ms`);
}

export function cannotStart(error: Error): GitError {
  return new GitError("GIT_MISSING", "git could not be started; install git 2.38 or newer", {
    cause: error,
  });
}

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const MAX_ERROR_CHARACTERS = 64 * 1024;
const TIMEOUT_MS = 120_000;
const KILL_AFTER_MS = 1_000;

function collect(child: ChildProcessWithoutNullStreams, maxBytes: number) {
  const collected = { chunks: [] as Buffer[], over: false };
  let size = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= maxBytes) collected.chunks.push(chunk);
    else if (!collected.over) {
      collected.over = true;
      stop(child);
    }
  });
  return collected;
}

/** SIGTERM lets git remove its temporary files and end its helpers. */
function stop(child: ChildProcessWithoutNullStreams): void {
  child.kill("SIGTERM");
  const timer = setTimeout(() => {
    child.kill("SIGKILL");
    // A helper that outlives git would hold the pipes open.
    child.stdout.destroy();
    child.stderr.destroy();
  }, KILL_AFTER_MS);
  child.on("close", () => {
    clearTimeout(timer);
  });
}

function verb(args: readonly string[]): string {
  return args.find((arg) => /^[a-z]+(-[a-z]+)*$/.test(arg)) ?? "";
}
