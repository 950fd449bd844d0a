import type { GovernedAction } from "../maestro/ports.ts";
import type { Actor, Contributor } from "../rules/facts/facts.ts";
import type { Contribution } from "../rules/policy/approvals/approval-rule.ts";
import {
  type GitHubClient,
  isGone,
  isNotAllowed,
  listOf,
  type RepositoryPlace,
  routeOf,
} from "./client.ts";
import { accountOfNoreply, coAuthorEmails } from "./co-authors.ts";
import { allPages, PAGE_SIZE } from "./pages.ts";
import { actorOf } from "./pull-request.ts";
import { type Believing, remember, type Remembered } from "./remembered.ts";

type CommitData = Awaited<ReturnType<typeof requestCommits>>["data"][number];

export type ContributorCache = Remembered<readonly Contributor[]>;

export interface ContributorOptions extends Believing {
  readonly client: GitHubClient;
  /** Who may ask for the activity of branches; null where nobody may. */
  readonly contentsClient: () => Promise<GitHubClient | null>;
  readonly repository: RepositoryPlace;
  readonly action: GovernedAction;
  readonly cache: ContributorCache;
}

/** GitHub lists no more commits of a pull request: where there are so many, there may be more. */
const MAX_COMMITS = 250;

/**
 * Who had which of these hands in a pull request: wrote, committed or co-authored one of its commits, or
 * pushed its head. Each account once for a hand; one that GitHub does not link is null.
 */
export async function readContributors(
  options: ContributorOptions,
  asked: readonly Contribution[],
): Promise<readonly Contributor[]> {
  const { repository, action, cache } = options;
  const subject = `${repository.id}/${action.facts.number ?? 0} ${action.range.head}`;
  const ofCommits = asked.some((as) => as !== "pusher")
    ? await remember(cache, `${subject} commits`, { ...options, ask: () => ofAllCommits(options) })
    : [];
  const pusher = asked.includes("pusher")
    ? await remember(cache, `${subject} pusher`, { ...options, ask: () => lastPusher(options) })
    : [];
  return [...ofCommits, ...pusher].filter(({ as }) => asked.includes(as));
}

async function ofAllCommits(options: ContributorOptions): Promise<readonly Contributor[]> {
  const { client, repository, action } = options;
  const number = action.facts.number ?? 0;
  const commits = await allPages((page) => requestCommits(client, repository, { number, page }));
  const isWhole = commits.length < MAX_COMMITS && commits.at(-1)?.sha === action.range.head;
  if (!isWhole) return unknown(["author", "committer", "co-author"]);
  const linked = new Map(commits.flatMap(linkedEmails));
  return once(commits.flatMap((commit) => contributorsOf(commit, linked)));
}

function requestCommits(
  client: GitHubClient,
  repository: RepositoryPlace,
  { number, page }: { number: number; page: number },
) {
  return client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/commits", {
    ...routeOf(repository),
    pull_number: number,
    per_page: PAGE_SIZE,
    page,
  });
}

/** The accounts that GitHub links to addresses in these commits. */
function linkedEmails({ commit, author, committer }: CommitData): [string, Actor][] {
  return [
    { email: commit.author?.email, account: accountOf(author) },
    { email: commit.committer?.email, account: accountOf(committer) },
  ].flatMap(({ email, account }): [string, Actor][] =>
    !email || account === null ? [] : [[email.toLowerCase(), account]],
  );
}

function contributorsOf(
  { sha, commit, author, committer }: CommitData,
  linked: ReadonlyMap<string, Actor>,
): Contributor[] {
  const byEmail = (email: string | undefined) =>
    email === undefined ? null : (linked.get(email.toLowerCase()) ?? accountOfNoreply(email));
  return [
    { as: "author", actor: accountOf(author) ?? byEmail(commit.author?.email), commit: sha },
    {
      as: "committer",
      actor: accountOf(committer) ?? byEmail(commit.committer?.email),
      commit: sha,
    },
    ...coAuthorEmails(commit.message).map((email): Contributor => {
      return { as: "co-author", actor: byEmail(email), commit: sha };
    }),
  ];
}

/** An address that belongs to no account has null, or an empty object, in its account's place. */
function accountOf(user: CommitData["author"]): Actor | null {
  const isEmpty = user === null || typeof user.login !== "string";
  return isEmpty ? null : actorOf(user as Parameters<typeof actorOf>[0]);
}

/**
 * Whoever pushed the head last, by the activity of its branch; unknown where that says of
 * another commit, or may not be read.
 */
async function lastPusher(options: ContributorOptions): Promise<readonly Contributor[]> {
  const { action } = options;
  const { head } = action.range;
  const [place, branch] = [action.headRepository, action.facts.headBranch];
  const client = await options.contentsClient();
  if (!place || branch === null || client === null) return unknown(["pusher"]);
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/activity", {
      ...{ owner: place.owner, repo: place.name },
      ref: `refs/heads/${branch}`,
      per_page: 1,
    });
    const [newest] = listOf(data);
    if (newest?.after !== head || newest.actor === null) return unknown(["pusher"]);
    return [{ as: "pusher", actor: actorOf(newest.actor), commit: head }];
  } catch (error) {
    if (isGone(error) || isNotAllowed(error)) return unknown(["pusher"]);
    throw error;
  }
}

function unknown(contributions: readonly Contribution[]): readonly Contributor[] {
  return contributions.map((as) => ({ as, actor: null, commit: null }));
}

function once(contributors: readonly Contributor[]): readonly Contributor[] {
  const byHand = new Map<string, Contributor>();
  for (const one of contributors) {
    const key = `${one.as} ${one.actor?.id ?? ""} ${one.actor?.login ?? ""}`;
    if (!byHand.has(key)) byHand.set(key, one);
  }
  return [...byHand.values()];
}
