import { type MovedRef, payloadOfPush } from "../payloads/pushes.ts";
import type { Account } from "../state/accounts.ts";
import type { Activity } from "../state/activities.ts";
import type { Pull } from "../state/pulls.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { announce } from "../webhooks/announce.ts";
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
  const moved = [...new Set([...before.keys(), ...after.keys()])].filter(isMoved);
  if (moved.length === 0) return;
  repository.pushedAt = world.now();
  for (const ref of moved) {
    const sides = { ref, before: before.get(ref), after: after.get(ref) };
    noteActivity(world, repository, { ...sides, actor: pusher });
    announcePush(world, repository, { moved: sides, pusher });
  }
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

function noteActivity(
  world: World,
  { activities }: Repository,
  { before, after, ...push }: Pick<Activity, "ref" | "before" | "after" | "actor">,
): void {
  if (!push.ref.startsWith("refs/heads/")) return;
  const gone = after === undefined ? "branch_deletion" : "push";
  const kind = before === undefined ? "branch_creation" : gone;
  activities.push({ id: world.newId(), ...push, before, after, kind, at: world.now() });
}

/** Refs that GitHub itself keeps (`refs/pull/1/head`) are pushed by nobody. */
function announcePush(
  world: World,
  repository: Repository,
  push: { readonly moved: MovedRef; readonly pusher: Account },
): void {
  if (!/^refs\/(?:heads|tags)\//.test(push.moved.ref)) return;
  const body = payloadOfPush(world, repository, push);
  announce(world, { event: "push", repository, sender: push.pusher, body });
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
