import { payloadOfPull } from "../payloads/pulls.ts";
import type { Account } from "../state/accounts.ts";
import type { Pull } from "../state/pulls.ts";
import type { Repository } from "../state/repositories.ts";
import { repositoryById, type World } from "../state/world.ts";
import { announce } from "../webhooks/announce.ts";

/** What happened to a pull request, and who did it. */
export interface PullAction {
  readonly action: string;
  readonly sender: Account;
  /** What the event carries beside the pull request. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Brings `refs/pull/N/head` and `/merge`, and the sizes, up to the pull request's head and base. */
export async function refreshPull(world: World, base: Repository, pull: Pull): Promise<void> {
  const { git } = base;
  const { sha, repositoryId } = pull.head;
  const ref = `refs/pull/${pull.number}`;
  if (repositoryId === base.id) await git.setRef(`${ref}/head`, sha);
  else await git.fetchCommit(repositoryById(world, repositoryId).git.folder, sha, `${ref}/head`);
  const tip = (await git.commit(`refs/heads/${pull.base.branch}`)) ?? pull.base.sha;
  const by = { name: "GitHub", email: "noreply@example.invalid", at: world.now() };
  pull.testMerge = await git.merge(tip, sha, by, `Merge ${sha} into ${tip}`);
  await git.setRef(`${ref}/merge`, pull.testMerge);
  pull.size = await git.changeSize(pull.base.sha, sha);
  pull.updatedAt = world.now();
}

export function announcePull(
  world: World,
  repository: Repository,
  pull: Pull,
  { action, sender, body = {} }: PullAction,
): void {
  const own = {
    number: pull.number,
    pull_request: payloadOfPull(world, repository, pull),
    ...body,
  };
  announce(world, { event: "pull_request", action, repository, sender, body: own });
}
