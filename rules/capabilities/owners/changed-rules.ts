import type { OwnersRule } from "./lines.ts";

/** The rules of either side that are not, in the same order, on the other one as well. */
export interface ChangedRules {
  readonly base: ReadonlySet<OwnersRule>;
  readonly head: ReadonlySet<OwnersRule>;
}

/**
 * Compares two lists of rules by patterns and owners. A path that no changed rule matches is
 * decided alike on both sides: all rules that do match it are there twice and in one order.
 */
export function changedRules(
  base: readonly OwnersRule[],
  head: readonly OwnersRule[],
): ChangedRules {
  const places = new Map<string, number[]>();
  base.forEach((rule, index) => {
    const key = keyOf(rule);
    const known = places.get(key);
    if (known) known.push(index);
    else places.set(key, [index]);
  });
  const paired = head.flatMap((rule) => {
    const index = places.get(keyOf(rule))?.shift();
    return index === undefined ? [] : [{ rule, index }];
  });
  const kept = longestRise(paired.map(({ index }) => index)).map((at) => paired[at]);
  const keptBase = new Set(kept.map((one) => one && base[one.index]));
  const keptHead = new Set(kept.map((one) => one?.rule));
  return {
    base: new Set(base.filter((rule) => !keptBase.has(rule))),
    head: new Set(head.filter((rule) => !keptHead.has(rule))),
  };
}

function keyOf({ pattern, owners }: OwnersRule): string {
  return JSON.stringify([pattern, ...owners]);
}

/** Which numbers make up a longest row that rises: their places, in order. */
function longestRise(numbers: readonly number[]): number[] {
  // For each length so far: the place of the smallest number that a row of it ends with.
  const ends: number[] = [];
  const before: number[] = [];
  numbers.forEach((number, at) => {
    const length = firstAbove(ends, numbers, number);
    before[at] = ends[length - 1] ?? -1;
    ends[length] = at;
  });
  const rise: number[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) rise.push(at);
  return rise.reverse();
}

function firstAbove(ends: readonly number[], numbers: readonly number[], number: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[ends[middle] ?? 0] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
