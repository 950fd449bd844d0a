import { type CheckRunTarget, CHECK_NAME, subjectOf } from "./check-runs.ts";
import { type GitHubClient, routeOf } from "./client.ts";

/**
 * What stands on a judged commit besides its own pull request.
 *
 * A required check belongs to a commit, not to a pull request: whoever opens the same commit
 * against a branch where it changes little would turn the other's check green. So a check run
 * succeeds only where every open pull request of its commit was allowed.
 */
export interface SameCommit {
  /** Whether the pull request's head moved on, or it was closed. */
  readonly stale: boolean;
  /** Other open pull requests of this commit that were not allowed, by number. */
  readonly notAllowed: readonly number[];
}

/** Asks GitHub what stands on the target's commit now: one request, a second where others do. */
export async function readSameCommit(
  client: GitHubClient,
  target: CheckRunTarget & { appId: number },
): Promise<SameCommit> {
  const open = await openPullsAt(client, target);
  const others = open.filter((number) => number !== target.pull);
  return {
    stale: !open.includes(target.pull),
    notAllowed: others.length === 0 ? [] : await notAllowed(client, target, others),
  };
}

async function openPullsAt(
  client: GitHubClient,
  { repository, head }: CheckRunTarget,
): Promise<readonly number[]> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", {
    ...routeOf(repository),
    commit_sha: head,
    per_page: 100,
  });
  return data
    .filter((pull) => pull.state === "open" && pull.head.sha === head)
    .map(({ number }) => number);
}

/** Those of `pulls` whose newest check run of ours on the commit does not say `allowed`. */
async function notAllowed(
  client: GitHubClient,
  { repository, head, appId }: CheckRunTarget & { appId: number },
  pulls: readonly number[],
): Promise<readonly number[]> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
    ...routeOf(repository),
    ref: head,
    check_name: CHECK_NAME,
    app_id: appId,
    filter: "all",
    per_page: 100,
  });
  const ours = data.check_runs
    .filter((run) => run.app?.id === appId)
    .toSorted((one, other) => Number(other.id) - Number(one.id))
    .map((run) => subjectOf(run.external_id));
  return pulls.filter(
    (number) => ours.find((subject) => subject?.pull === number)?.own !== "allowed",
  );
}
