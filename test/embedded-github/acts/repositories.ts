import { GitStore, type Signature } from "../git/git-store.ts";
import type { Account } from "../state/accounts.ts";
import type { Repository } from "../state/repositories.ts";
import { findRepository, type World } from "../state/world.ts";
import { seePush } from "./pushes.ts";

export interface RepositoryOptions {
  readonly owner: string;
  readonly name: string;
  /** Default `Organization`; only asked where the owner is new. */
  readonly ownerType?: "Organization" | "User";
  /** A git repository on this machine whose branches and tags are copied. */
  readonly from?: string;
  /** Default `main`. */
  readonly defaultBranch?: string;
  readonly private?: boolean;
}

export interface CommitOptions {
  readonly branch: string;
  /** Paths to their new text or bytes; null removes. */
  readonly files: Readonly<Record<string, string | Uint8Array | null>>;
  /** Login of author, committer and pusher. */
  readonly by: string;
  /** Who made the commit where that is not who pushes it: a login, or a name and an e-mail address. */
  readonly madeBy?: string | { readonly name: string; readonly email: string };
  readonly message?: string;
  /** What the commit stands on: a revision, or null for none. Default: the branch, or else the default branch. */
  readonly parent?: string | null;
}

export async function createRepository(
  world: World,
  options: RepositoryOptions,
  forkOf: Repository | null = null,
): Promise<Repository> {
  const { owner, name, ownerType = "Organization", defaultBranch = "main" } = options;
  if (findRepository(world, owner, name) !== undefined) {
    throw new Error(`embedded GitHub: ${owner}/${name} is there already`);
  }
  const id = world.newId();
  const git = await GitStore.create(`${world.folder}/${id}.git`, defaultBranch);
  if (options.from !== undefined) await git.copyFrom(options.from);
  const repository: Repository = {
    id,
    owner: world.accounts.of(owner, ownerType),
    name,
    private: options.private ?? false,
    archived: false,
    defaultBranch,
    git,
    forkOf,
    roles: new Map(),
    rulesets: [],
    pulls: [],
    reviews: [],
    activities: [],
    comments: [],
    checkRuns: [],
    checkSuites: [],
    knownRefs: await git.refs(),
    effects: Promise.resolve(),
    createdAt: world.now(),
    pushedAt: world.now(),
  };
  world.repositories.set(id, repository);
  return repository;
}

/** A copy that belongs to somebody else, whose branches pull requests may come from. */
export function forkRepository(
  world: World,
  origin: Repository,
  owner: string,
): Promise<Repository> {
  const { name, defaultBranch, private: isPrivate, git } = origin;
  const from = git.folder;
  const options = {
    owner,
    ownerType: "User",
    name,
    defaultBranch,
    private: isPrivate,
    from,
  } as const;
  return createRepository(world, options, origin);
}

/** Commits as a person would and pushes; rulesets are not asked. */
export async function commitFiles(
  world: World,
  repository: Repository,
  options: CommitOptions,
): Promise<string> {
  const { branch, files, by, message = `Change ${Object.keys(files).join(", ")}` } = options;
  const account = world.accounts.of(by);
  const parent = await parentOf(repository, options);
  const made = madeBy(world, options);
  const commit = { branch, parent, files, by: made, message };
  const sha = await repository.git.write(commit);
  await seePush(world, repository, account);
  return sha;
}

/** Deletes a branch as a person would; rulesets are not asked. */
export async function deleteBranch(
  world: World,
  repository: Repository,
  { branch, by }: { readonly branch: string; readonly by: string },
): Promise<void> {
  await repository.git.setRef(`refs/heads/${branch}`, null);
  await seePush(world, repository, world.accounts.of(by));
}

/** A person as git's commits name them. */
export function signatureOf(account: Account, at: Date): Signature {
  const email = `${account.id}+${account.login}@users.noreply.example.invalid`;
  return { name: account.login, email, at };
}

function madeBy(world: World, { by, madeBy = by }: CommitOptions): Signature {
  const at = world.now();
  return typeof madeBy === "string"
    ? signatureOf(world.accounts.of(madeBy), at)
    : { ...madeBy, at };
}

async function parentOf(
  { git, defaultBranch }: Repository,
  { branch, parent }: CommitOptions,
): Promise<string | null> {
  if (parent === null) return null;
  if (parent === undefined) {
    return (await git.commit(`refs/heads/${branch}`)) ?? git.commit(`refs/heads/${defaultBranch}`);
  }
  const commit = await git.commit(parent);
  if (commit === null) throw new Error(`embedded GitHub: no revision ${parent}`);
  return commit;
}
