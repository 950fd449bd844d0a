import { type RemoteAccess, withoutToken } from "./environment.ts";
import { GitError, oneLine } from "./errors.ts";
import { watchIncoming } from "./remote-incoming.ts";
import { runGit } from "./run-git.ts";

/** Where to fetch from, and a folder that keeps what was fetched for the next time. */
export interface RemoteOptions {
  /** `https://…`; `http://` on loopback. No credentials in it. */
  readonly url: string;
  readonly token?: string;
  /** Shared by any number of processes. Nothing in it is secret, and it can be removed at any time. */
  readonly cacheDir: string;
  /** Also lets through `http` to any host, or `file`. */
  readonly allow?: readonly ("http" | "file")[];
  /** What one fetch may write, in bytes. */
  readonly maxFetchBytes?: number;
  /** What the cache of a repository may hold, in bytes, before it is begun anew. */
  readonly maxCacheBytes?: number;
}

/** Checks an address before git sees it. */
export function remoteAccess({ url, token, allow = [] }: RemoteOptions): RemoteAccess {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const protocol = parsed?.protocol.slice(0, -1) ?? "";
  const loopback = LOOPBACK.has(parsed?.hostname ?? "");
  const known = protocol === "https" || protocol === "http" || protocol === "file";
  if (parsed === null || !known) throw refusedAddress("only https addresses are fetched from");
  const plain = parsed.username === "" && parsed.password === "" && parsed.search === "";
  if (!plain || parsed.hash !== "") throw refusedAddress("take credentials and queries out of it");
  if (protocol === "http" && !loopback && !allow.includes("http")) {
    throw refusedAddress("plain http would show the token to the network; use https");
  }
  if (protocol === "file" && !allow.includes("file")) throw refusedAddress("it is a file address");
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw refusedAddress("the token for it holds characters that no token has");
  }
  return { url: parsed.href, protocol, ...(token === undefined ? {} : { token }) };
}

export interface Fetch {
  readonly gitDir: string;
  readonly access: RemoteAccess;
  readonly maxFetchBytes: number | undefined;
}

/** What to fetch: arguments, and lines for `--stdin`. */
export interface Fetched {
  readonly args: readonly string[];
  readonly input?: string;
  /** `noop` where telling the remote what is here would only cost time. */
  readonly negotiation?: "noop";
}

/** Runs `git fetch`; what it writes is watched and limited, and removed where it was stopped. */
export async function fetchFrom(
  { gitDir, access, maxFetchBytes = MAX_FETCH_BYTES }: Fetch,
  { args, input = "", negotiation }: Fetched,
): Promise<void> {
  const incoming = await watchIncoming(gitDir);
  const controller = new AbortController();
  const watch = setInterval(() => {
    void incoming.bytes().then((bytes) => {
      if (bytes > maxFetchBytes) controller.abort();
    });
  }, WATCH_MS);
  const algorithm =
    negotiation === undefined ? [] : ["-c", `fetch.negotiationAlgorithm=${negotiation}`];
  const call = [...algorithm, "fetch", ...FETCH_OPTIONS, ...args];
  const { signal } = controller;
  const result = await runGit({
    ...{ gitDir, access, signal, input },
    args: call,
    timeoutMs: FETCH_TIMEOUT_MS,
  })
    .catch(async (error: unknown) => {
      await incoming.remove();
      throw error;
    })
    .finally(() => {
      clearInterval(watch);
    });
  if (controller.signal.aborted) {
    await incoming.remove();
    throw new GitError("TOO_LARGE", `fetching ${access.url} brought over ${maxFetchBytes} bytes`);
  }
  if (result.status !== 0) throw fetchFailed(access, result.stderr);
}

export function fetchFailed(access: RemoteAccess, stderr: string): GitError {
  const why = oneLine(withoutToken(stderr, access));
  return new GitError("FETCH_FAILED", `${access.url} could not be read: ${why}`);
}

/** No fetch goes on for longer. */
export const FETCH_TIMEOUT_MS = 600_000;

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);
const MAX_FETCH_BYTES = 2 * 1024 * 1024 * 1024;
const WATCH_MS = 250;
const FETCH_OPTIONS = [
  ...["--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance"],
  ...["--no-recurse-submodules", "--no-show-forced-updates"],
];

function refusedAddress(why: string): GitError {
  return new GitError("REMOTE_ADDRESS_REFUSED", `the repository's address is refused: ${why}`);
}
