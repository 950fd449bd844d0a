/**
 * Maps a stream in its order, with at most `limit` items under way.
 *
 * `work` must not reject: what is under way when the source throws is left alone.
 */
export async function* mapAhead<T, U>(
  source: AsyncIterable<T> | Iterable<T>,
  limit: number,
  work: (item: T) => Promise<U>,
): AsyncGenerator<U> {
  const ahead: Promise<U>[] = [];
  for await (const item of source) {
    ahead.push(work(item));
    if (ahead.length >= limit) yield* oldest(ahead);
  }
  while (ahead.length > 0) yield* oldest(ahead);
}

async function* oldest<U>(ahead: Promise<U>[]): AsyncGenerator<U> {
  const first = ahead.shift();
  if (first !== undefined) yield await first;
}
