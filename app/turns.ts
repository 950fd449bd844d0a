import type { WorkKey } from "./work-key.ts";

/** Whose turn it is. It remembers who had theirs: keep one for a worker's life. */
export interface Turns {
  /**
   * The key that is to run next; null where none may.
   *
   * `waiting` is oldest first. One key of a repository runs at a time. The installation that has
   * the fewest running goes first, then the one that waited longest since its last turn, and so
   * among its repositories: however many keys somebody has, the others wait for one turn each.
   */
  next(waiting: readonly WorkKey[], running: readonly WorkKey[]): WorkKey | null;
}

export function createTurns(): Turns {
  const last = new Map<string, number>();
  let turn = 0;
  return {
    next(waiting, running) {
      const [first] = oldestOfEach(waiting, running)
        .map((key) => ({ key, rank: rankOf(key, running, last) }))
        .sort((one, other) => compareRanks(one.rank, other.rank));
      if (first === undefined) return null;
      turn += 1;
      for (const name of [installationOf(first.key), repositoryOf(first.key)]) last.set(name, turn);
      return first.key;
    },
  };
}

/** The oldest key of each repository that has none running. */
function oldestOfEach(waiting: readonly WorkKey[], running: readonly WorkKey[]): WorkKey[] {
  const taken = new Set(running.map(repositoryOf));
  return waiting.filter((key) => {
    const name = repositoryOf(key);
    return !taken.has(name) && taken.add(name);
  });
}

type Rank = readonly [number, number, number];

/** Lower goes first; equal ranks stay in the order of waiting. */
function rankOf(
  key: WorkKey,
  running: readonly WorkKey[],
  last: ReadonlyMap<string, number>,
): Rank {
  const own = running.filter(({ installation }) => installation === key.installation);
  return [own.length, last.get(installationOf(key)) ?? 0, last.get(repositoryOf(key)) ?? 0];
}

function compareRanks(one: Rank, other: Rank): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
}

function installationOf({ installation }: WorkKey): string {
  return `installation/${installation}`;
}

function repositoryOf({ repository }: WorkKey): string {
  return `repository/${repository.id}`;
}
