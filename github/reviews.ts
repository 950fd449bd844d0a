import type { GovernedAction, Saw, Seen } from "../maestro/ports.ts";
import type { Actor, Review, ReviewState } from "../rules/facts/facts.ts";
import type { Role } from "../rules/policy/approvals/approval-rule.ts";
import { roleProof } from "../rules/policy/approvals/proofs.ts";
import { standingStatements } from "../rules/policy/approvals/statements.ts";
import { type GitHubClient, isGone, type RepositoryPlace, routeOf } from "./client.ts";
import { allPages, PAGE_SIZE } from "./pages.ts";
import { actorOf } from "./pull-request.ts";

type ReviewData = Awaited<ReturnType<typeof requestReviews>>["data"][number];

type Submitted = Omit<Review, "via" | "retargeted" | "sameChange" | "sameFor">;

const STATES: ReadonlyMap<string, ReviewState> = new Map([
  ["APPROVED", "approved"],
  ["CHANGES_REQUESTED", "changes_requested"],
  ["COMMENTED", "commented"],
  ["DISMISSED", "dismissed"],
]);

/** The issue events that say that a pull request has another base branch than before. */
const RETARGETS: ReadonlySet<string> = new Set([
  "base_ref_changed",
  // Its base branch was merged and deleted, so GitHub chose another.
  "automatic_base_change_succeeded",
]);

/** Proves what someone may do in a repository: `["role:write"]`, empty for nothing. */
export type Standing = (repository: RepositoryPlace, actor: Actor) => Promise<readonly string[]>;

/** How reviews are read: by what their authors' standing is proven, and what an earlier commit had. */
export interface ReadingReviews {
  readonly action: GovernedAction;
  readonly standing: Standing;
  readonly saw: Saw;
}

/**
 * Every submitted review of the action's pull request, oldest first.
 *
 * Only approvals that stand, of the judged head or of a commit whose change was partly the same, can
 * settle anything, and requests for changes that stand can keep them from it: only where there are
 * any is their authors' standing asked for, and when the base branch was changed. The author may
 * change it, and against another base the same head is another change.
 * Reviews of deleted accounts are left out: nobody answers for them.
 */
export async function readReviews(
  client: GitHubClient,
  repository: RepositoryPlace,
  { action, standing, saw }: ReadingReviews,
): Promise<readonly Review[]> {
  const number = action.facts.number ?? 0;
  const found = await allPages((page) => requestReviews(client, repository, { number, page }));
  const submitted = found.flatMap(submittedReview);
  const seen = await allSeen(submitted, action, saw);
  const asked = new Set(askedOf(submitted, seen, action));
  const changes = asked.size > 0 ? await listRetargets(client, repository, number) : [];
  const reviews: Review[] = [];
  for (const review of submitted) {
    const via = asked.has(review.id) ? await standing(repository, review.actor) : [];
    const retargeted = isRetargeted(review, changes);
    reviews.push({ ...review, via, retargeted, ...seen.get(review.commit) });
  }
  return reviews;
}

type AllSeen = ReadonlyMap<string, Seen>;

/** What the commits of approvals that stand had of the change, where they are not the head. */
async function allSeen(
  submitted: readonly Submitted[],
  action: GovernedAction,
  saw: Saw,
): Promise<AllSeen> {
  const { approvals } = standingStatements(submitted.map(unproven));
  const commits = approvals
    .filter((review) => review.commit !== action.range.head && mayApprove(review, action))
    .map(({ commit }) => commit);
  const seen = new Map<string, Seen>();
  // The newest first: of too many the oldest are not compared.
  for (const commit of new Set(commits.toReversed())) {
    seen.set(commit, await saw(commit));
  }
  return seen;
}

/** The ids of reviews that settle or veto if their authors may. */
function askedOf(
  submitted: readonly Submitted[],
  seen: AllSeen,
  action: GovernedAction,
): readonly string[] {
  const { approvals, vetoes } = standingStatements(submitted.map(unproven));
  const counting = approvals.filter(
    (review) => mayApprove(review, action) && sawThis(review, seen, action),
  );
  if (counting.length === 0) return [];
  return [...counting, ...vetoes.filter(({ actor }) => !actor.bot)].map(({ id }) => id);
}

function sawThis({ commit }: Submitted, seen: AllSeen, { range }: GovernedAction): boolean {
  const { sameChange, sameFor } = seen.get(commit) ?? { sameChange: false, sameFor: null };
  return commit === range.head || sameChange === true || (sameFor ?? []).length > 0;
}

function mayApprove({ actor }: Submitted, { facts }: GovernedAction): boolean {
  return !actor.bot && actor.id !== facts.author?.id;
}

function unproven(review: Submitted): Review {
  return { ...review, via: [], retargeted: false };
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
function submittedReview(data: ReviewData): Submitted[] {
  const state = STATES.get(data.state);
  const actor = actorOf(data.user);
  if (state === undefined || actor === null) return [];
  const at = data.submitted_at ?? "";
  return [{ id: String(data.id), actor, state, commit: data.commit_id ?? "", at }];
}

/** When the base branch was changed, as GitHub writes times. */
async function listRetargets(
  client: GitHubClient,
  repository: RepositoryPlace,
  number: number,
): Promise<readonly string[]> {
  const events = await allPages((page) =>
    client.request("GET /repos/{owner}/{repo}/issues/{issue_number}/events", {
      ...routeOf(repository),
      issue_number: number,
      per_page: PAGE_SIZE,
      page,
    }),
  );
  return events.filter(({ event }) => RETARGETS.has(event)).map((event) => event.created_at);
}

// Not "was before": GitHub's times are whole seconds, and one that cannot be read compares as false.
function isRetargeted({ at }: Submitted, changes: readonly string[]): boolean {
  return changes.some((change) => !(Date.parse(at) > Date.parse(change)));
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
    if (known !== undefined && isFresh(known.until - time, ttlMs)) return known.via;
    const via = await requestStanding(client, repository, actor);
    forgetExpired(cache, time);
    cache.set(key, { via, until: time + ttlMs });
    return via;
  };
}

// Where more is left than was given, the clock was set back: nobody knows how old the answer is.
function isFresh(leftMs: number, ttlMs: number): boolean {
  return leftMs > 0 && leftMs <= ttlMs;
}

/** Standings by repository and account id; `until` is in milliseconds since 1970. */
export type StandingCache = Map<string, { via: readonly string[]; until: number }>;

function forgetExpired(cache: StandingCache, time: number): void {
  for (const [key, { until }] of cache) if (until <= time) cache.delete(key);
}

/**
 * `permission` is one of admin, write, read, none; `permissions` tells maintainers and triagers from
 * those. `role_name` is not used: an organisation chooses the names of its own roles.
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
    if (String(data.user?.id) !== actor.id) return [];
    const role = roleOf(data.permission, data.user?.permissions);
    return role === null ? [] : [roleProof(role)];
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

function roleOf(
  permission: string,
  finer: { readonly triage?: boolean; readonly maintain?: boolean } | undefined,
): Role | null {
  if (permission === "admin") return "admin";
  if (permission === "write") return finer?.maintain === true ? "maintain" : "write";
  if (permission === "read") return finer?.triage === true ? "triage" : "read";
  return null;
}
