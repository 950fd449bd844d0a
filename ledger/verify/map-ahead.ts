/**
 * Maps a stream in its order, with at most `limit` items under way.
 *
 * The first item whose `work` rejects ends it; what is under way then, or when the source throws, is
 * left alone.
 */
export async function* mapAhead<T, U>(
  source: AsyncIterable<T> | Iterable<T>,
  limit: number,
  work: (item: T) => Promise<U>,
): AsyncGenerator<U> {
  const ahead: Promise<U>[] = [];
  for await (const item of source) {
    const result = work(item);
    // Nobody may come to wait for it: an earlier one may be refused first.
    result.catch(() => undefined);
    ahead.push(result);
    if (ahead.length >= limit) yield* oldest(ahead);
  }
  while (ahead.length > 0) yield* oldest(ahead);
}

async function* oldest<U>(ahead: Promise<U>[]): AsyncGenerator<U> {
  const first = ahead.shift();
  if (first !== undefined) yield await first;
}
