import type { Account } from "../state/accounts.ts";
import type { Pull } from "../state/pulls.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { announcePull, refreshPull } from "./pull-heads.ts";

/** Sees to what a push changed: pull requests move with their branches. Pushes are seen to in order. */
export function seePush(world: World, repository: Repository, pusher: Account): Promise<void> {
  const seen = repository.effects.then(() => seeRefs(world, repository, pusher));
  repository.effects = seen.catch(() => undefined);
  return seen;
}

async function seeRefs(world: World, repository: Repository, pusher: Account): Promise<void> {
  const before = repository.knownRefs;
  const after = await repository.git.refs();
  repository.knownRefs = after;
  const isMoved = (ref: string): boolean => before.get(ref) !== after.get(ref);
  if (![...before.keys(), ...after.keys()].some(isMoved)) return;
  repository.pushedAt = world.now();
  for (const base of world.repositories.values()) {
    for (const pull of base.pulls.filter(({ state }) => state === "open")) {
      const { head } = pull;
      if (head.repositoryId === repository.id && isMoved(`refs/heads/${head.branch}`)) {
        await moveHead(world, base, pull, { pusher, sha: after.get(`refs/heads/${head.branch}`) });
      } else if (base === repository && isMoved(`refs/heads/${pull.base.branch}`)) {
        await refreshPull(world, base, pull);
      }
    }
  }
}

async function moveHead(
  world: World,
  base: Repository,
  pull: Pull,
  { pusher, sha }: { readonly pusher: Account; readonly sha: string | undefined },
): Promise<void> {
  const before = pull.head.sha;
  if (sha === undefined) {
    pull.state = "closed";
    pull.closedAt = world.now();
    announcePull(world, base, pull, { action: "closed", sender: pusher });
    return;
  }
  const baseSha = await base.git.commit(`refs/heads/${pull.base.branch}`);
  pull.head = { ...pull.head, sha };
  pull.base = { ...pull.base, sha: baseSha ?? pull.base.sha };
  await refreshPull(world, base, pull);
  const body = { before, after: sha };
  announcePull(world, base, pull, { action: "synchronize", sender: pusher, body });
}
