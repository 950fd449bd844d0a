import { commentsOf, createComment } from "./acts/comments.ts";
import { checkRunsAt, findCheckRun, rerequestCheckRun } from "./acts/check-runs.ts";
import { mintJobToken, type JobPermissions } from "./acts/job-tokens.ts";
import { mergePull } from "./acts/merges.ts";
import {
  closePull,
  editPull,
  findPull,
  openPull,
  reopenPull,
  setDraft,
  setLabel,
} from "./acts/pulls.ts";
import {
  commitFiles,
  deleteBranch,
  forkRepository,
  type CommitOptions,
} from "./acts/repositories.ts";
import { repositorySettings, type RepositorySettings } from "./acts/repository-settings.ts";
import { dismissReview, editReview, findReview, submitReview } from "./acts/reviews.ts";
import type { CheckRun } from "./state/check-runs.ts";
import type { Comment } from "./state/comments.ts";
import type { Pull } from "./state/pulls.ts";
import { fullName, type Repository, type Role } from "./state/repositories.ts";
import type { Review, ReviewEvent } from "./state/reviews.ts";
import type { Ruleset } from "./state/rulesets.ts";
import { repositoryById, type World } from "./state/world.ts";

interface OpenPullOptions {
  readonly by: string;
  readonly title: string;
  /** The branch to merge, of this repository or of `from`. */
  readonly head: string;
  /** The fork that `head` is in. */
  readonly from?: RepositoryHandle;
  /** Default: the default branch. */
  readonly base?: string;
  readonly body?: string;
  readonly draft?: boolean;
}

/** One repository, as people work on it through GitHub's pages and their own git. */
export interface RepositoryHandle {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  /** The bare repository on disk. */
  readonly gitFolder: string;
  /** `{url}/{owner}/{name}.git`. */
  readonly gitUrl: string;

  /** A branch's newest commit. */
  head(branch: string): Promise<string | null>;
  /** Commits and moves the branch, whatever rulesets say (they bind pushes over HTTP); answers the commit. */
  commit(options: CommitOptions): Promise<string>;
  deleteBranch(branch: string, options: { readonly by: string }): Promise<void>;
  fork(owner: string): Promise<RepositoryHandle>;
  grant(login: string, role: Role): void;
  addRuleset(ruleset: Ruleset): void;
  readonly settings: RepositorySettings;
  /** The `GITHUB_TOKEN` of a job whose workflow gives these `permissions:`. */
  jobToken(permissions: JobPermissions): string;

  openPull(options: OpenPullOptions): Promise<Pull>;
  pull(number: number): Pull;
  editPull(
    number: number,
    changes: {
      readonly by: string;
      readonly title?: string;
      readonly body?: string;
      readonly base?: string;
    },
  ): Promise<Pull>;
  closePull(number: number, options: { readonly by: string }): Pull;
  reopenPull(number: number, options: { readonly by: string }): Promise<Pull>;
  setDraft(number: number, options: { readonly by: string; readonly draft: boolean }): Pull;
  addLabel(number: number, options: { readonly by: string; readonly label: string }): Pull;
  removeLabel(number: number, options: { readonly by: string; readonly label: string }): Pull;
  /** Merges as the green button does, and answers the merge commit; throws what the API would answer where it is blocked. */
  merge(number: number, options: { readonly by: string }): Promise<string>;

  review(
    number: number,
    review: {
      readonly by: string;
      readonly event: ReviewEvent;
      readonly body?: string;
      readonly commit?: string;
    },
  ): Review;
  editReview(id: number, options: { readonly by: string; readonly body: string }): Review;
  dismissReview(id: number, options: { readonly by: string }): Review;

  /** Says something in a pull request's conversation. */
  comment(number: number, comment: { readonly by: string; readonly body: string }): Comment;
  /** A pull request's conversation, oldest first. */
  comments(number: number): readonly Comment[];

  /** A commit's check runs, newest first; any App's. */
  checkRuns(sha: string): readonly CheckRun[];
  /** Presses "Re-run" on one check run. */
  rerequest(checkRunId: number, options: { readonly by: string }): void;
}

/** A repository as people work on it. */
export function handleOf(world: World, repository: Repository): RepositoryHandle {
  const { id, git } = repository;
  return {
    id,
    get owner() {
      return repository.owner.login;
    },
    get name() {
      return repository.name;
    },
    get defaultBranch() {
      return repository.defaultBranch;
    },
    gitFolder: git.folder,
    get gitUrl() {
      return `${world.url}/${fullName(repository)}.git`;
    },
    settings: repositorySettings(world, repository),
    head: (branch) => git.commit(`refs/heads/${branch}`),
    commit: (options) => commitFiles(world, repository, options),
    deleteBranch: (branch, { by }) => deleteBranch(world, repository, { branch, by }),
    fork: async (login) => handleOf(world, await forkRepository(world, repository, login)),
    grant: (login, role) => {
      repository.roles.set(world.accounts.of(login).id, role);
    },
    addRuleset: (ruleset) => {
      repository.rulesets.push(ruleset);
    },
    jobToken: (permissions) => mintJobToken(world, repository, permissions),
    ...pullMethods(world, repository),
    ...reviewMethods(world, repository),
    comment: (number, { by, body }) => {
      const pull = findPull(repository, number);
      return createComment(world, repository, pull, {
        author: world.accounts.of(by),
        app: null,
        body,
      });
    },
    comments: (number) => commentsOf(repository, findPull(repository, number)),
    ...checkRunMethods(world, repository),
  };
}

type PullMethods = Pick<
  RepositoryHandle,
  | "openPull"
  | "pull"
  | "editPull"
  | "closePull"
  | "reopenPull"
  | "setDraft"
  | "addLabel"
  | "removeLabel"
  | "merge"
>;

function pullMethods(world: World, repository: Repository): PullMethods {
  const find = (number: number): Pull => findPull(repository, number);
  const sender = (by: string): Pull["author"] => world.accounts.of(by);
  const label = (number: number, by: string, change: { name: string; isOn: boolean }): Pull => {
    setLabel(world, repository, find(number), { sender: sender(by), ...change });
    return find(number);
  };
  return {
    openPull: ({
      by,
      title,
      head,
      from,
      base = repository.defaultBranch,
      body = null,
      draft = false,
    }) =>
      openPull(world, repository, {
        author: sender(by),
        title,
        body,
        draft,
        headRepository: from === undefined ? repository : repositoryById(world, from.id),
        head,
        base,
      }),
    pull: find,
    editPull: async (number, { by, ...changes }) => {
      await editPull(world, repository, find(number), { sender: sender(by), changes });
      return find(number);
    },
    closePull: (number, { by }) => {
      closePull(world, repository, find(number), sender(by));
      return find(number);
    },
    reopenPull: async (number, { by }) => {
      await reopenPull(world, repository, find(number), sender(by));
      return find(number);
    },
    setDraft: (number, { by, draft }) => {
      setDraft(world, repository, find(number), { sender: sender(by), draft });
      return find(number);
    },
    addLabel: (number, { by, label: name }) => label(number, by, { name, isOn: true }),
    removeLabel: (number, { by, label: name }) => label(number, by, { name, isOn: false }),
    merge: (number, { by }) => mergePull(world, repository, find(number), { sender: sender(by) }),
  };
}

type ReviewMethods = Pick<RepositoryHandle, "review" | "editReview" | "dismissReview">;

function reviewMethods(world: World, repository: Repository): ReviewMethods {
  return {
    review: (number, { by, event, body = event === "APPROVE" ? "" : event, commit }) => {
      const author = world.accounts.of(by);
      return submitReview(world, repository, findPull(repository, number), {
        author,
        event,
        body,
        commit,
      });
    },
    editReview: (id, { by, body }) => {
      const review = findReview(repository, id);
      editReview(world, repository, review, { sender: world.accounts.of(by), body });
      return review;
    },
    dismissReview: (id, { by }) => {
      const review = findReview(repository, id);
      dismissReview(world, repository, review, world.accounts.of(by));
      return review;
    },
  };
}

type CheckRunMethods = Pick<RepositoryHandle, "checkRuns" | "rerequest">;

function checkRunMethods(world: World, repository: Repository): CheckRunMethods {
  return {
    checkRuns: (sha) => checkRunsAt(repository, sha),
    rerequest: (checkRunId, { by }) => {
      const run = findCheckRun(repository, checkRunId);
      rerequestCheckRun(world, repository, run, world.accounts.of(by));
    },
  };
}
