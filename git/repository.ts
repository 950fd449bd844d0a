import { join } from "node:path";
import { GitError } from "./errors.ts";
import { branchOf, locateRepository, readSmall, type Location } from "./location.ts";
import { openObjectReader } from "./object-reader.ts";
import { createOwnDirectory } from "./own-directory.ts";
import { emptyTreeId, readCommits, readFileAt, unknownRevision, type Store } from "./store.ts";

/** A repository on this machine, read as data. */
export interface Repository extends AsyncDisposable {
  readonly store: Store;
  readonly location: Location;
  /** The branch that HEAD names; null where HEAD is detached. */
  readonly headBranch: string | null;
  /** What a first commit is compared with. */
  readonly emptyTree: string;
  /**
   * The full id of the commit that a revision names (`HEAD~2`, a branch, a tag, a short id).
   * The empty tree's id stands for itself.
   */
  resolve(revision: string): Promise<string>;
  parentsOf(commit: string): Promise<readonly string[]>;
  /** A regular file's bytes in a commit; null where the commit has no such path. */
  readFileAt(commit: string, path: string, maxBytes?: number): Promise<Uint8Array | null>;
  /** Where a change starts unless someone says otherwise: the remote's default branch, else main. */
  defaultBase(): Promise<{ readonly branch: string; readonly commit: string }>;
}

/** Opens the repository of a folder. Dispose of it: a temporary folder and a process hang on it. */
export async function openRepository(directory: string): Promise<Repository> {
  const location = await locateRepository(directory);
  const own = await createOwnDirectory({
    objectFormat: location.objectFormat,
    objectsDir: location.objectsDir,
    refsDir: location.commonDir,
    head: location.head,
    ...(location.shallow === null ? {} : { shallow: location.shallow }),
  });
  const objects = openObjectReader(own.gitDir, location.objectFormat);
  const store: Store = {
    gitDir: own.gitDir,
    objectFormat: location.objectFormat,
    objects,
    shallow: location.shallow !== null,
    fetchCommits: () => Promise.resolve(),
    fetchBlobs: () => Promise.resolve(),
  };
  return {
    store,
    location,
    headBranch: branchOf(location.head, "refs/heads/"),
    emptyTree: emptyTreeId(store.objectFormat),
    resolve: (revision) => resolveRevision(store, revision),
    parentsOf: async (commit) => (await readCommits(store, [commit]))[0]?.parents ?? [],
    readFileAt: (...file) => readFileAt(store, ...file),
    defaultBase: () => defaultBase(store, location),
    [Symbol.asyncDispose]: async () => {
      await objects[Symbol.asyncDispose]();
      await own.dispose();
    },
  };
}

/** A folder to open and close, or a repository that somebody else has open. */
export async function useRepository(place: string | Repository): Promise<Repository> {
  if (typeof place === "string") return openRepository(place);
  return { ...place, [Symbol.asyncDispose]: () => Promise.resolve() };
}

const MAX_REVISION_CHARACTERS = 1_024;

async function resolveRevision(store: Store, revision: string): Promise<string> {
  if (revision === emptyTreeId(store.objectFormat)) return revision;
  const names = [revision, `refs/heads/${revision}`];
  const [commit, branch] = await commitsOf(store, names);
  if (!commit) throw unknownRevision(revision);
  // git takes the tag and says so on stderr: a tag `main` would stand for the base.
  if (branch && branch !== commit && !isObjectName(revision)) throw ambiguous(revision);
  return commit;
}

/** Names go to git on its standard input, one a line: none can become an option or a second name. */
async function commitsOf(
  store: Store,
  revisions: readonly string[],
): Promise<readonly (string | null)[]> {
  const refused = revisions.find((revision) => !isRevision(revision));
  if (refused !== undefined) throw unknownRevision(refused);
  const infos = await store.objects.info(revisions.map((revision) => `${revision}^{commit}`));
  return infos.map((info) => info?.oid ?? null);
}

function isObjectName(revision: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(revision);
}

function ambiguous(revision: string): GitError {
  const what = `${JSON.stringify(revision)} names a branch and another commit as well`;
  return new GitError("AMBIGUOUS_REVISION", `${what}; write refs/heads/${revision}, or the id`);
}

/**
 * No white space, control characters, ranges, paths in a tree (`:`), searches (`:/`, `^{/`), or
 * what only the machine's own notes tell (`@{1}`, `@{upstream}`), for which git ends.
 */
function isRevision(revision: string): boolean {
  const plain = /^[^\x00-\x20\x7f:?*[\\]+$/.test(revision);
  return plain && revision.length <= MAX_REVISION_CHARACTERS && !/\.\.|@\{|\{\//.test(revision);
}

async function defaultBase(store: Store, location: Location) {
  const pointer = join(location.commonDir, "refs/remotes/origin/HEAD");
  const text = (await readSmall(pointer, 64 * 1024))?.toString("utf8") ?? "";
  const remote = branchOf(text, "refs/remotes/origin/");
  const candidates = [
    ...(remote === null ? [] : [{ branch: remote, ref: `refs/remotes/origin/${remote}` }]),
    ...["main", "master"].flatMap((branch) => [
      { branch, ref: `refs/heads/${branch}` },
      { branch, ref: `refs/remotes/origin/${branch}` },
    ]),
  ];
  const commits = await commitsOf(
    store,
    candidates.map(({ ref }) => ref),
  );
  const found = commits.findIndex((commit) => commit !== null);
  const [branch, commit] = [candidates[found]?.branch, commits[found]];
  if (branch === undefined || !commit) {
    const what = "neither the remote's default branch nor main is here";
    throw new GitError("UNKNOWN_REVISION", `${what}; say which commit is the base`);
  }
  return { branch, commit };
}
