/** One item on both sides of a change; null where a side does not have it. */
export interface Paired<Item> {
  readonly base: Item | null;
  readonly head: Item | null;
}

/** What has to be equal on both sides, null where an item takes no part. */
export type Match<Item> = (item: Item) => readonly unknown[] | null;

/**
 * Pairs the items of two sides one for one, by the first match that finds a counterpart for them;
 * of several that are equal those that come first in this order. What is left stands alone.
 */
export function pairInTurn<Item>(
  base: readonly Item[],
  head: readonly Item[],
  matches: readonly Match<Item>[],
  compare: (left: Item, right: Item) => number,
): Paired<Item>[] {
  const pairs: Paired<Item>[] = [];
  let [alone, arrived] = [base.toSorted(compare), head.toSorted(compare)];
  for (const match of matches) {
    const paired = pairEqual(alone, arrived, match);
    const done = new Set(paired.flatMap((pair) => [pair.base, pair.head]));
    pairs.push(...paired);
    alone = alone.filter((item) => !done.has(item));
    arrived = arrived.filter((item) => !done.has(item));
  }
  return [
    ...pairs,
    ...alone.map((item) => ({ base: item, head: null })),
    ...arrived.map((item) => ({ base: null, head: item })),
  ];
}

function pairEqual<Item>(
  base: readonly Item[],
  head: readonly Item[],
  match: Match<Item>,
): { readonly base: Item; readonly head: Item }[] {
  if (base.length === 0 || head.length === 0) return [];
  const groups = groupBy(base, match);
  return [...groupBy(head, match)].flatMap(([key, arrived]) =>
    (groups.get(key) ?? []).slice(0, arrived.length).flatMap((item, index) => {
      const counterpart = arrived[index];
      return counterpart === undefined ? [] : [{ base: item, head: counterpart }];
    }),
  );
}

function groupBy<Item>(items: readonly Item[], match: Match<Item>): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const equal = match(item);
    if (!equal) continue;
    const key = JSON.stringify(equal);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
