import type { GovernedAction } from "../maestro/ports.ts";
import type { Actor } from "../rules/facts/facts.ts";
import type { Origin } from "../rules/verdict/verdict.ts";
import { type GitHubClient, type RepositoryPlace, routeOf } from "./client.ts";
import { GitHubError } from "./errors.ts";

/** What is told of a pull request, by the API and by an event's payload alike. */
export interface PullDescription {
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly draft?: boolean | undefined;
  readonly labels: readonly { readonly name: string }[];
  readonly user: Account | null;
  readonly base: { readonly ref: string; readonly sha: string; readonly repo: BaseRepository };
  readonly head: {
    readonly ref: string;
    readonly sha: string;
    /** A deleted fork leaves no repository behind. */
    readonly repo: { readonly id: number | bigint; readonly full_name?: string | undefined } | null;
  };
}

interface BaseRepository {
  readonly id: number | bigint;
  readonly full_name: string;
  readonly default_branch: string;
  readonly private?: boolean | undefined;
}

interface Account {
  readonly id: number | bigint;
  readonly login: string;
  readonly type: string;
}

/** A pull request as it stands now, with the places that judging it reads. */
export interface PullRequest {
  /** Where its repository is now: an event may have another name of it. */
  readonly repository: RepositoryPlace;
  readonly number: number;
  readonly open: boolean;
  /** `commit` is the branch's tip as it was when the head was last pushed: GitHub tells no newer one. */
  readonly base: { readonly branch: string; readonly commit: string };
  readonly head: { readonly branch: string; readonly commit: string };
  readonly defaultBranch: string;
  readonly data: PullDescription;
}

/** Reads a pull request afresh; what a webhook said of it may be old. */
export async function readPullRequest(
  client: GitHubClient,
  repository: RepositoryPlace,
  number: number,
): Promise<PullRequest> {
  const { data } = await requestPull(client, repository, number);
  const { id, name, owner } = data.base.repo;
  if (String(id) !== repository.id) throw repositoryChanged(repository);
  return {
    repository: { id: repository.id, owner: owner.login, name },
    number: data.number,
    open: data.state === "open",
    base: { branch: data.base.ref, commit: data.base.sha },
    head: { branch: data.head.ref, commit: data.head.sha },
    defaultBranch: data.base.repo.default_branch,
    data,
  };
}

/** The action that a pull request asks for. `host` is GitHub's (`github.com`). */
export function pullRequestAction(
  data: PullDescription,
  { at, host, origin }: { at: Date; host: string; origin: Origin },
): GovernedAction {
  const { base, head } = data;
  const author = actorOf(data.user);
  return {
    facts: {
      kind: "pull_request",
      name: null,
      number: data.number,
      // The author wants the change to enter, whoever sent the event that had it judged again.
      actor: author,
      author,
      title: data.title,
      body: data.body,
      labels: data.labels.map(({ name }) => name),
      draft: data.draft ?? null,
      fork: isFork(data),
      baseBranch: base.ref,
      headBranch: head.ref,
      at: at.toISOString(),
    },
    repository: {
      host,
      id: String(base.repo.id),
      name: base.repo.full_name,
      defaultBranch: base.repo.default_branch,
      // GitHub tells it to administrators only.
      defaultTokenPermissions: "unknown",
    },
    range: { base: base.sha, head: head.sha },
    origin,
    attempt: null,
    headRepository: headRepositoryOf(data),
  };
}

/** An account as the facts name it; null for one that was deleted. */
export function actorOf(user: Account | null | undefined): Actor | null {
  if (user == null) return null;
  return { id: String(user.id), login: user.login, bot: user.type === "Bot" };
}

function requestPull(client: GitHubClient, repository: RepositoryPlace, number: number) {
  return client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
    ...routeOf(repository),
    pull_number: number,
  });
}

function headRepositoryOf({ base, head }: Pick<PullDescription, "base" | "head">) {
  const name = isFork({ base, head }) ? head.repo?.full_name : base.repo.full_name;
  const [owner, repository] = name?.split("/") ?? [];
  return owner && repository ? { owner, name: repository } : null;
}

function isFork({ base, head }: Pick<PullDescription, "base" | "head">): boolean {
  return head.repo?.id !== base.repo.id;
}

function repositoryChanged({ owner, name }: RepositoryPlace): GitHubError {
  return new GitHubError(
    "REPOSITORY_CHANGED",
    `${owner}/${name} is another repository than the one the event came from.`,
    "Push to the pull request or edit it, so that an event with the new name arrives.",
  );
}
