import { createCheckRun, type OwnCheckRun } from "../github/check-runs.ts";
import type { GitHubClient } from "../github/client.ts";
import type { Log } from "./log.ts";
import { logFields, type PullKey, workIdentity } from "./work-key.ts";

/** A check run that was put in progress when an event came, before its pull request is judged. */
export interface Hold extends OwnCheckRun {
  readonly head: string;
}

/**
 * Check runs that say "in progress" while their pull requests wait for their turn.
 *
 * What a check said before an event may no longer hold: somebody who has the base changed and other
 * work stand before it must not merge by an older success.
 */
export interface Holds {
  /** Puts a pull request's head in progress, where it is not yet. Where it cannot be, judging does it. */
  place(key: PullKey, head: string): void;
  /**
   * Hands over what stands for a pull request, once what is being placed does: the taker concludes
   * it, by what GitHub says of the pull request after that.
   */
  take(key: PullKey): Promise<readonly Hold[]>;
  /** Gives back what was taken: nothing could be concluded yet. */
  putBack(key: PullKey, holds: readonly Hold[]): void;
  /** Resolves when nothing is being placed. */
  settled(): Promise<void>;
}

export function createHolds(options: {
  readonly connect: (key: PullKey) => Promise<GitHubClient>;
  readonly log: Log;
}): Holds {
  const placing = new Map<string, Promise<void>>();
  const standing = new Map<string, readonly Hold[]>();
  /** The head that was asked for last, as long as its hold is not taken. */
  const wanted = new Map<string, string>();
  const begin = async (key: PullKey, head: string) => {
    const name = workIdentity(key);
    const hold = await beginHold(options, key, head);
    if (hold === null) wanted.delete(name);
    else standing.set(name, [...(standing.get(name) ?? []), hold]);
  };
  return {
    place(key, head) {
      const name = workIdentity(key);
      if (wanted.get(name) === head) return;
      wanted.set(name, head);
      const line = (placing.get(name) ?? Promise.resolve()).then(() => begin(key, head));
      const placed = line.then(() => {
        if (placing.get(name) === placed) placing.delete(name);
      });
      placing.set(name, placed);
    },
    async take(key) {
      const name = workIdentity(key);
      await placing.get(name);
      const holds = standing.get(name) ?? [];
      standing.delete(name);
      if (!placing.has(name)) wanted.delete(name);
      return holds;
    },
    putBack(key, holds) {
      const name = workIdentity(key);
      const [newest] = holds.slice(-1);
      if (newest === undefined) return;
      standing.set(name, [...holds, ...(standing.get(name) ?? [])]);
      if (!wanted.has(name)) wanted.set(name, newest.head);
    },
    async settled() {
      while (placing.size > 0) await Promise.all(placing.values());
    },
  };
}

async function beginHold(
  { connect, log }: Parameters<typeof createHolds>[0],
  key: PullKey,
  head: string,
): Promise<Hold | null> {
  try {
    const client = await connect(key);
    const { repository, pull } = key;
    return { head, ...(await createCheckRun(client, { repository, pull, head })) };
  } catch (error) {
    log.warn("a check could not be put in progress ahead of its turn", {
      ...logFields(key),
      error,
    });
    return null;
  }
}
