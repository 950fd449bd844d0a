import { resolve } from "node:path";
import type { RemoteAccess } from "./environment.ts";
import { openObjectReader } from "./object-reader.ts";
import { createOwnDirectory } from "./own-directory.ts";
import {
  fetchFailed,
  fetchFrom,
  remoteAccess,
  type Fetch,
  type RemoteOptions,
} from "./remote-cache.ts";
import { openRemoteCache } from "./remote-cache-folder.ts";
import { runGit } from "./run-git.ts";
import { readFileAt, unknownRevision, type Store } from "./store.ts";

/** A repository elsewhere, fetched without blobs; those that are asked for come in one batch. */
export interface Remote extends AsyncDisposable {
  readonly store: Store;
  /** The id that a full ref name (`refs/pull/7/head`) has now; null where there is none. */
  resolveRef(ref: string): Promise<string | null>;
  /** The branch that the remote's HEAD names, and its commit. */
  defaultBranch(): Promise<{ readonly branch: string; readonly commit: string }>;
  /** A regular file's bytes in a commit, fetched if need be; null where the commit has no such path. */
  readFileAt(commit: string, path: string, maxBytes?: number): Promise<Uint8Array | null>;
}

export async function openRemote(options: RemoteOptions): Promise<Remote> {
  const access = remoteAccess(options);
  await using stack = new AsyncDisposableStack();
  const { gitDir } = stack.use(await openRemoteCache(options, access, "blobless"));
  // Read without the word that the remote promised what is missing: where git may not fetch it, a
  // promised object ends `cat-file`, and one that nobody promised is only missing.
  const reading = await createOwnDirectory({
    objectFormat: "sha1",
    objectsDir: resolve(gitDir, "objects"),
  });
  stack.defer(() => reading.dispose());
  const objects = stack.use(openObjectReader(reading.gitDir, "sha1"));
  const fetch: Fetch = { gitDir, access, maxFetchBytes: options.maxFetchBytes };
  const store: Store = {
    gitDir,
    objectFormat: "sha1",
    objects,
    shallow: false,
    fetchCommits: (commits) => fetchCommits(fetch, store, commits),
    fetchBlobs: async (oids) => fetchBlobs(fetch, await missing(store, oids)),
  };
  const opened = stack.move();
  return {
    store,
    resolveRef: async (ref) => (await listRemoteRefs(gitDir, access, ref)).get(ref) ?? null,
    defaultBranch: () => defaultBranch(gitDir, access),
    readFileAt: (...file) => readFileAt(store, ...file),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** The remote's refs of that exact name, with `HEAD`'s target under `ref: HEAD`. */
export async function listRemoteRefs(
  gitDir: string,
  access: RemoteAccess,
  ref: string,
): Promise<ReadonlyMap<string, string>> {
  const args = ["ls-remote", "--quiet", "--symref", "--", "origin", ref];
  const { status, stdout, stderr } = await runGit({ gitDir, access, args });
  if (status !== 0) throw fetchFailed(access, stderr);
  const refs = new Map<string, string>();
  for (const line of stdout.toString("utf8").split("\n")) {
    const [value = "", name = ""] = line.split("\t");
    // git matches the name at the end of other names too.
    if (name !== ref) continue;
    if (value.startsWith("ref: ")) refs.set(`ref: ${name}`, value.slice("ref: ".length));
    else if (/^[0-9a-f]{40}$/.test(value)) refs.set(name, value);
  }
  return refs;
}

async function missing(store: Store, oids: readonly string[]): Promise<string[]> {
  const unique = [...new Set(oids)];
  const infos = await store.objects.info(unique);
  return unique.filter((_, index) => !infos[index]);
}

/** Each commit keeps a ref, so that the next fetch can say what is already here. */
async function fetchCommits(fetch: Fetch, store: Store, wanted: readonly string[]): Promise<void> {
  const refused = wanted.find((commit) => !/^[0-9a-f]{40}$/.test(commit));
  if (refused !== undefined) throw unknownRevision(refused);
  const commits = await missing(store, wanted);
  if (commits.length === 0) return;
  const refspecs = commits.map((commit) => `+${commit}:refs/keep/${commit}`);
  const args = ["--filter=blob:none", "--refmap=", "origin", ...refspecs];
  await fetchFrom(fetch, { args }).catch(async (error: unknown) => {
    // Another process that fetched the same at the same time took the ref: the objects are here.
    if ((await missing(store, commits)).length > 0) throw error;
  });
}

/** Explicitly wanted blobs come in spite of the filter, and share no history with what is here. */
async function fetchBlobs(fetch: Fetch, oids: readonly string[]): Promise<void> {
  if (oids.length === 0) return;
  const args = ["--filter=blob:none", "--refmap=", "--stdin", "origin"];
  await fetchFrom(fetch, { args, input: `${oids.join("\n")}\n`, negotiation: "noop" });
}

async function defaultBranch(gitDir: string, access: RemoteAccess) {
  const refs = await listRemoteRefs(gitDir, access, "HEAD");
  const [target, commit] = [refs.get("ref: HEAD"), refs.get("HEAD")];
  if (!target?.startsWith("refs/heads/") || commit === undefined) throw unknownRevision("HEAD");
  return { branch: target.slice("refs/heads/".length), commit };
}
