/** The part of Bottleneck's Group that octokit's throttling uses: jobs in line by key. */
export interface WriteSpacing {
  key(id: string): { schedule<T>(options: unknown, job: () => Promise<T>): Promise<T> };
}

/** Lets one write at a time go, `spacingMs` after the one before, for each key (an installation). */
export function createWriteSpacing(spacingMs: number): WriteSpacing {
  const lines = new Map<string, Promise<unknown>>();
  return {
    key: (id) => ({
      async schedule(_options, job) {
        const before = lines.get(id);
        const turn = Promise.resolve(before).then(job);
        const free = turn.catch(() => undefined).then(() => delay(spacingMs));
        lines.set(id, free);
        void free.then(() => {
          if (lines.get(id) === free) lines.delete(id);
        });
        return turn;
      },
    }),
  };
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
