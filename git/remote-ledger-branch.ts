import { join } from "node:path";
import type { LedgerBranch } from "../ledger/branch.ts";
import { type RemoteAccess, withoutToken } from "./environment.ts";
import { GitError, oneLine } from "./errors.ts";
import { writeCommit } from "./ledger-commit.ts";
import { foreignChange } from "./ledger-changes.ts";
import { LEDGER_REF, openTip } from "./ledger-tip.ts";
import { openObjectReader } from "./object-reader.ts";
import { fetchFrom, remoteAccess, type RemoteOptions } from "./remote-cache.ts";
import { openRemoteCache } from "./remote-cache-folder.ts";
import { listRemoteRefs } from "./remote.ts";
import { runGit } from "./run-git.ts";
import type { Store } from "./store.ts";

export interface RemoteLedgerOptions extends RemoteOptions {
  /** The time that commits carry; nothing rests on it. */
  readonly now?: () => Date;
}

/** The ledger's branch of a repository elsewhere: fetched whole, written by one push a commit. */
export async function openRemoteLedgerBranch(
  options: RemoteLedgerOptions,
): Promise<LedgerBranch & AsyncDisposable> {
  const access = remoteAccess(options);
  const cache = await openRemoteCache(options, access, "whole");
  const { gitDir } = cache;
  const store = wholeStore(gitDir);
  const place = {
    objectsDir: join(gitDir, "objects"),
    objectFormat: "sha1",
    shallow: null,
  } as const;
  const now = options.now ?? (() => new Date());
  const fetchTip = async (commit: string) => {
    const [info] = await store.objects.info([commit]);
    if (info) return;
    const refspec = `+${commit}:${KEEP_REF}`;
    const from = { gitDir, access, maxFetchBytes: options.maxFetchBytes };
    await fetchFrom(from, { args: ["--refmap=", "origin", refspec] }).catch(
      async (error: unknown) => {
        // Another process that fetched the same at the same time took the ref: the objects are here.
        const [fetched] = await store.objects.info([commit]);
        if (!fetched) throw error;
      },
    );
  };
  return {
    tip: async () => {
      const commit = await remoteTip(gitDir, access);
      if (commit === null) return null;
      await fetchTip(commit);
      return openTip(store, commit);
    },
    advance: async (from, files, message) => {
      if (from !== null) {
        await fetchTip(from);
        const foreign = await foreignChange(store, PUSHED_REF, from);
        // An older head of ours differs as much; whoever read that one is only late.
        if (foreign !== null && (await remoteTip(gitDir, access)) === from) throw foreign;
      }
      const commit = await writeCommit(place, { from, files, message, at: now() });
      return push({ gitDir, access, commit, from });
    },
    [Symbol.asyncDispose]: async () => {
      await store.objects[Symbol.asyncDispose]();
      cache[Symbol.dispose]();
    },
  };
}

/** What the next fetch tells the remote that is here. */
const KEEP_REF = "refs/keep/ledger";
/** The last commit that was pushed from here. */
const PUSHED_REF = "refs/pushed/ledger";

function wholeStore(gitDir: string): Store {
  return {
    gitDir,
    objectFormat: "sha1",
    objects: openObjectReader(gitDir, "sha1"),
    shallow: false,
    fetchCommits: () => Promise.resolve(),
    fetchBlobs: () => Promise.resolve(),
  };
}

async function remoteTip(gitDir: string, access: RemoteAccess): Promise<string | null> {
  const refs = await listRemoteRefs(gitDir, access, LEDGER_REF);
  // Whoever may move its target would move the ledger past every rule that names this branch.
  if (refs.has(`ref: ${LEDGER_REF}`)) {
    const what = "governance-ledger is a symbolic ref; put the branch itself in its place";
    throw new GitError("LEDGER_BRANCH_UNUSABLE", what);
  }
  return refs.get(LEDGER_REF) ?? null;
}

interface Push {
  readonly gitDir: string;
  readonly access: RemoteAccess;
  readonly commit: string;
  readonly from: string | null;
}

/**
 * Pushes one fast-forward whose lease is the expected old commit (none: the branch must not exist).
 *
 * A plain push would also move a branch that somebody set back to an older commit; the lease does
 * not. Why a push was refused is said in a server's own words, so the remote's ref decides.
 */
async function push({ gitDir, access, commit, from }: Push): Promise<"advanced" | "lost-race"> {
  const lease = `--force-with-lease=${LEDGER_REF}:${from ?? ""}`;
  const options = ["--porcelain", "--no-verify", "--no-signed", "--recurse-submodules=no", lease];
  const args = ["push", ...options, "origin", `${commit}:${LEDGER_REF}`];
  const result = await runGit({ gitDir, access, args });
  const tip = result.status === 0 ? commit : await remoteTip(gitDir, access);
  if (tip === commit) {
    const input = [KEEP_REF, PUSHED_REF].map((ref) => `update ${ref} ${commit}\n`).join("");
    await runGit({ gitDir, args: ["update-ref", "--stdin"], input });
    return "advanced";
  }
  if (tip !== from) return "lost-race";
  const why = oneLine(withoutToken(refusal(result), access));
  throw new GitError("PUSH_REFUSED", `${access.url} refused the push: ${why}`);
}

/** Porcelain says `!<tab><refs><tab>[remote rejected] (why)`; the server's own lines are on stderr. */
function refusal({ stdout, stderr }: { readonly stdout: Buffer; readonly stderr: string }): string {
  const line = /^!\t[^\t]*\t(.*)$/m.exec(stdout.toString("utf8"))?.[1];
  const said = stderr.split("\n").filter((each) => each.startsWith("remote: error"));
  return said[0] ?? line ?? stderr;
}
