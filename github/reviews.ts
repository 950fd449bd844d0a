import type { GovernedAction } from "../maestro/ports.ts";
import type { Actor, Review, ReviewState } from "../rules/facts/facts.ts";
import { type GitHubClient, isGone, listOf, type RepositoryPlace, routeOf } from "./client.ts";
import { actorOf } from "./pull-request.ts";

type ReviewData = Awaited<ReturnType<typeof requestReviews>>["data"][number];

const PAGE_SIZE = 100;

const STATES: ReadonlyMap<string, ReviewState> = new Map([
  ["APPROVED", "approved"],
  ["CHANGES_REQUESTED", "changes_requested"],
  ["COMMENTED", "commented"],
  ["DISMISSED", "dismissed"],
]);

/** Proves what someone may do in a repository: `["role:write"]`, empty for nothing. */
export type Standing = (repository: RepositoryPlace, actor: Actor) => Promise<readonly string[]>;

/**
 * Every submitted review of the action's pull request, oldest first.
 *
 * Only approvals of the judged head by others than the author can settle anything: only
 * their standing is asked for. Reviews of deleted accounts are left out: nobody answers for them.
 */
export async function readReviews(
  client: GitHubClient,
  repository: RepositoryPlace,
  { action, standing }: { action: GovernedAction; standing: Standing },
): Promise<readonly Review[]> {
  const submitted = (await listReviews(client, repository, action.facts.number ?? 0)).flatMap(
    submittedReview,
  );
  const reviews: Review[] = [];
  for (const review of submitted) {
    const via = maySettle(review, action) ? await standing(repository, review.actor) : [];
    reviews.push({ ...review, via });
  }
  return reviews;
}

async function listReviews(client: GitHubClient, repository: RepositoryPlace, number: number) {
  const reviews: ReviewData[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = await requestReviews(client, repository, { number, page });
    reviews.push(...listOf(data));
    if (data.length < PAGE_SIZE) return reviews;
  }
}

function requestReviews(
  client: GitHubClient,
  repository: RepositoryPlace,
  { number, page }: { number: number; page: number },
) {
  return client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews", {
    ...routeOf(repository),
    pull_number: number,
    per_page: PAGE_SIZE,
    page,
  });
}

/** Drops what was not submitted yet (`PENDING`) and what has no author any more. */
function submittedReview(data: ReviewData): Omit<Review, "via">[] {
  const state = STATES.get(data.state);
  const actor = actorOf(data.user);
  if (state === undefined || actor === null) return [];
  const at = data.submitted_at ?? "";
  return [{ id: String(data.id), actor, state, commit: data.commit_id ?? "", at }];
}

function maySettle(review: Omit<Review, "via">, { facts, range }: GovernedAction): boolean {
  return (
    review.state === "approved" &&
    review.commit === range.head &&
    !review.actor.bot &&
    review.actor.id !== facts.author?.id
  );
}

/** Asks GitHub for standings, and remembers each for `ttlMs`. */
export function askStanding(
  client: GitHubClient,
  { cache, now, ttlMs }: { cache: StandingCache; now: () => Date; ttlMs: number },
): Standing {
  return async (repository, actor) => {
    const key = `${repository.id}/${actor.id}`;
    const known = cache.get(key);
    const time = now().getTime();
    if (known !== undefined && known.until > time) return known.via;
    const via = await requestStanding(client, repository, actor);
    forgetExpired(cache, time);
    cache.set(key, { via, until: time + ttlMs });
    return via;
  };
}

/** Standings by repository and account id; `until` is in milliseconds since 1970. */
export type StandingCache = Map<string, { via: readonly string[]; until: number }>;

function forgetExpired(cache: StandingCache, time: number): void {
  for (const [key, { until }] of cache) if (until <= time) cache.delete(key);
}

/**
 * `permission` is one of admin, write, read, none. `role_name` is not used: an
 * organisation chooses the names of its own roles.
 */
async function requestStanding(
  client: GitHubClient,
  repository: RepositoryPlace,
  actor: Actor,
): Promise<readonly string[]> {
  try {
    const { data } = await client.request(
      "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
      { ...routeOf(repository), username: actor.login },
    );
    // A login that changed hands since the review proves nothing about the reviewer.
    if (String(data.user?.id) !== actor.id || data.permission === "none") return [];
    return [`role:${data.permission}`];
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}
