import { listCheckRuns } from "./check-run-list.ts";
import { type CheckRunTarget, subjectOf } from "./check-runs.ts";
import type { GitHubClient } from "./client.ts";
import { listOpenPulls } from "./open-pulls.ts";

/**
 * What stands on a judged commit besides its own pull request.
 *
 * A required check belongs to a commit, not to a pull request: whoever opens the same commit
 * against a branch where it changes little would turn the other's check green. So a check run
 * succeeds only where every open pull request of its commit was allowed.
 */
export interface SameCommit {
  /** Whether the judged pull request is what it was: its head may have moved on or it was closed, or its base changed. */
  readonly standing: "as-judged" | "gone" | "retargeted";
  /** Other open pull requests of this commit that were not allowed, by number. */
  readonly notAllowed: readonly number[];
}

/**
 * Asks GitHub what stands on the target's commit now: one request for each hundred open pull
 * requests, and the commit's check runs where others stand on it.
 */
export async function readSameCommit(
  client: GitHubClient,
  target: JudgedTarget,
  appId: number,
): Promise<SameCommit> {
  const open = await openPullsAt(client, target);
  const others = [...open.keys()].filter((number) => number !== target.pull);
  return {
    standing: standingOf(open.get(target.pull), target),
    notAllowed: others.length === 0 ? [] : await notAllowed(client, { ...target, appId }, others),
  };
}

/** A pull request's commit as it was judged: `baseBranch` is what it was to be merged into. */
export type JudgedTarget = CheckRunTarget & { readonly baseBranch: string };

function standingOf(base: string | undefined, { baseBranch }: JudgedTarget) {
  if (base === undefined) return "gone";
  return base === baseBranch ? "as-judged" : "retargeted";
}

/**
 * The open pull requests whose head is the commit, by number, each with its base branch.
 *
 * A commit's own list of pull requests (`commits/{sha}/pulls`) will not do: for a fork's commit it
 * is empty.
 */
async function openPullsAt(
  client: GitHubClient,
  { repository, head }: CheckRunTarget,
): Promise<ReadonlyMap<number, string>> {
  const pulls = await listOpenPulls(client, repository);
  const standing = pulls.filter((pull) => pull.head.sha === head);
  return new Map(standing.map(({ number, base }) => [number, base.ref]));
}

/** Those of `pulls` whose newest check run of ours on the commit does not say `allowed`. */
async function notAllowed(
  client: GitHubClient,
  { repository, head, appId }: CheckRunTarget & { readonly appId: number },
  pulls: readonly number[],
): Promise<readonly number[]> {
  const runs = await listCheckRuns(client, { repository, head, appId });
  const ours = runs
    .filter((run) => run.app?.id === appId)
    .toSorted((one, other) => Number(other.id) - Number(one.id))
    .map((run) => subjectOf(run.external_id));
  return pulls.filter(
    (number) => ours.find((subject) => subject?.pull === number)?.own !== "allowed",
  );
}
