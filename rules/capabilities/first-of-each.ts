/** Of items with equal keys the first one, in their order. */
export function firstOfEach<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => unknown,
): readonly Item[] {
  const first = new Map<unknown, Item>();
  for (const item of items) {
    const key = keyOf(item);
    if (!first.has(key)) first.set(key, item);
  }
  return [...first.values()];
}
