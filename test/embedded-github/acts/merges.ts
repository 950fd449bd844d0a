import type { Account } from "../state/accounts.ts";
import { ApiError } from "../state/api-error.ts";
import type { CheckRun } from "../state/check-runs.ts";
import type { Pull } from "../state/pulls.ts";
import type { Repository } from "../state/repositories.ts";
import type { RequiredCheck } from "../state/rulesets.ts";
import type { World } from "../state/world.ts";
import { latestCheckRuns } from "./check-runs.ts";
import { announcePull } from "./pull-heads.ts";
import { seePush } from "./pushes.ts";
import { signatureOf } from "./repositories.ts";
import { requiredChecks } from "./rules.ts";

export interface MergeOptions {
  readonly sender: Account;
  /** The head that the merger saw; the merge is refused where it moved. */
  readonly expectedHead?: string | undefined;
}

/** Merges with a merge commit, and answers it; throws 405 or 409 where the pull request is blocked. */
export async function mergePull(
  world: World,
  repository: Repository,
  pull: Pull,
  { sender, expectedHead }: MergeOptions,
): Promise<string> {
  refuseBlocked(repository, pull, expectedHead);
  const { git } = repository;
  const base = await git.commit(`refs/heads/${pull.base.branch}`);
  const message = `Merge pull request #${pull.number}\n\n${pull.title}`;
  const by = signatureOf(sender, world.now());
  const commit = base === null ? null : await git.merge(base, pull.head.sha, by, message);
  if (commit === null) throw new ApiError(405, "Pull Request is not mergeable");
  await git.setRef(`refs/heads/${pull.base.branch}`, commit);
  pull.state = "closed";
  pull.mergeCommit = commit;
  pull.mergedBy = sender;
  pull.mergedAt = pull.closedAt = pull.updatedAt = world.now();
  await seePush(world, repository, sender);
  announcePull(world, repository, pull, { action: "closed", sender });
  return commit;
}

function refuseBlocked(repository: Repository, pull: Pull, expectedHead: string | undefined): void {
  if (pull.state !== "open") throw new ApiError(405, "Pull Request is not mergeable");
  if (pull.draft) throw new ApiError(405, "Pull Request is still a draft");
  if (expectedHead !== undefined && expectedHead !== pull.head.sha) {
    throw new ApiError(409, "Head branch was modified. Review and try the merge again.");
  }
  const runs = latestCheckRuns(repository, pull.head.sha);
  const unmet = requiredChecks(repository, pull.base.branch).flatMap((check) => {
    const problem = checkProblem(check, runs);
    return problem === null ? [] : [problem];
  });
  if (unmet.length > 0) {
    throw new ApiError(405, `Repository rule violations found\n\n${unmet.join("\n")}\n\n`);
  }
}

/** Skipped and neutral runs satisfy a required check, as they do on GitHub. */
function checkProblem(check: RequiredCheck, runs: readonly CheckRun[]): string | null {
  const named = runs.filter(({ name }) => name === check.context);
  const { integrationId } = check;
  const trusted =
    integrationId === undefined ? named : named.filter(({ app }) => app.id === integrationId);
  const quoted = `Required status check "${check.context}"`;
  if (named.length > 0 && trusted.length === 0) {
    return `${quoted} was not set by the expected GitHub App.`;
  }
  const [latest] = trusted;
  if (latest === undefined) return `${quoted} is expected.`;
  if (latest.status !== "completed") return `${quoted} is in progress.`;
  const passes = ["success", "neutral", "skipped"].includes(latest.conclusion ?? "");
  return passes ? null : `${quoted} is failing.`;
}
