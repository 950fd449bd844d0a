/** Answers by their question, each believed until a time in milliseconds since 1970. */
export type Remembered<Answer> = Map<string, { readonly answer: Answer; readonly until: number }>;

/** How long answers are believed, and the clock. */
export interface Believing {
  readonly now: () => Date;
  readonly ttlMs: number;
}

/** Asks once for a while: what is remembered is not asked again before it is old. */
export async function remember<Answer>(
  remembered: Remembered<Answer>,
  key: string,
  { now, ttlMs, ask }: Believing & { readonly ask: () => Promise<Answer> },
): Promise<Answer> {
  const time = now().getTime();
  const known = remembered.get(key);
  // Where more is left than was given, the clock was set back: nobody knows how old the answer is.
  if (known !== undefined && known.until > time && known.until - time <= ttlMs) return known.answer;
  const answer = await ask();
  for (const [other, { until }] of remembered) if (until <= time) remembered.delete(other);
  remembered.set(key, { answer, until: time + ttlMs });
  return answer;
}
