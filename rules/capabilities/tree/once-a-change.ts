import type { TreeChange } from "./tree-reader.ts";

/** Computes once for a change what every entry of it asks for again, and forgets it with the change. */
export function onceAChange<Result>(
  compute: (change: TreeChange) => Result,
): (change: TreeChange) => Result {
  const known = new WeakMap<TreeChange, { readonly result: Result }>();
  return (change) => {
    const found = known.get(change) ?? { result: compute(change) };
    known.set(change, found);
    return found.result;
  };
}
