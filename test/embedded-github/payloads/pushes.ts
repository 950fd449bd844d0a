import type { Account } from "../state/accounts.ts";
import { fullName, type Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";

const NO_COMMIT = "0".repeat(40);

/** A ref that a push moved; a side that is not there is absent. */
export interface MovedRef {
  readonly ref: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** What a `push` event has of its own; the commits themselves are left out. */
export function payloadOfPush(
  world: World,
  repository: Repository,
  { moved, pusher }: { readonly moved: MovedRef; readonly pusher: Account },
): Record<string, unknown> {
  const { ref, before = NO_COMMIT, after = NO_COMMIT } = moved;
  return {
    ref,
    before,
    after,
    base_ref: null,
    created: before === NO_COMMIT,
    deleted: after === NO_COMMIT,
    forced: false,
    compare: `${world.url}/${fullName(repository)}/compare/${before}...${after}`,
    commits: [],
    head_commit: null,
    pusher: { name: pusher.login, email: null },
  };
}
