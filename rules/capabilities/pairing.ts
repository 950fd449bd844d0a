import type { Listing } from "../change/listing.ts";
import { compareBytes } from "../change/path-order.ts";
import { rankOf } from "./levels.ts";
import { reachTexts } from "./reach.ts";
import type { LocatedCapability } from "./read-change.ts";

/** One capability on both sides of a change; null where a side does not have it. */
export interface Pair {
  readonly base: LocatedCapability | null;
  readonly head: LocatedCapability | null;
}

/** What has to be equal on both sides, null where a capability takes no part. */
type Match = (capability: LocatedCapability) => readonly unknown[] | null;

/**
 * Pairs the capabilities of a change's two sides, one for one and the same for every order of
 * its inputs. Of what is still alone, these are paired in turn:
 *
 * 1. the same holder of the same file, first those that are reached alike: of several equal
 *    capabilities of one holder, the ones that nothing happened to;
 * 2. equal content of the same file: a holder that was renamed;
 * 3. the same holder with equal content in an equal context: it was moved to another file;
 * 4. equal content in an equal context: it was moved and renamed;
 * 5. the same holder in an equal context, from a file that is gone to one that is new: the file
 *    was renamed and edited, which is no more than editing it in place.
 *
 * Content counts before 5., so that a holder that went elsewhere as it is never vouches for
 * another one. All that is left has no counterpart.
 */
export function pairCapabilities(
  base: readonly LocatedCapability[],
  head: readonly LocatedCapability[],
  listing: Listing,
): Pair[] {
  const pairs: Pair[] = [];
  let [alone, arrived] = [base, head];
  for (const match of matches(listing)) {
    const paired = pairEqual(alone, arrived, match);
    pairs.push(...paired);
    alone = without(alone, new Set(paired.map((pair) => pair.base)));
    arrived = without(arrived, new Set(paired.map((pair) => pair.head)));
  }
  return [
    ...pairs,
    ...alone.map((item) => ({ base: item, head: null })),
    ...arrived.map((item) => ({ base: null, head: item })),
  ];
}

function matches(listing: Listing): readonly Match[] {
  const oneSided = new Set(
    listing.files.filter((file) => !file.base || !file.head).map((file) => file.path),
  );
  return [
    ({ path, holder, reach }) => [path, holder, ...reachTexts(reach)],
    ({ path, holder }) => [path, holder],
    ({ path, holderContent }) => [path, holderContent],
    ({ holder, holderContent, context, reach }) => [
      holder,
      holderContent,
      context,
      ...reachTexts(reach),
    ],
    ({ holderContent, context, reach }) => [holderContent, context, ...reachTexts(reach)],
    ({ path, holder, context, reach }) =>
      oneSided.has(path) ? [holder, context, ...reachTexts(reach)] : null,
  ];
}

function pairEqual(
  base: readonly LocatedCapability[],
  head: readonly LocatedCapability[],
  match: Match,
): Pair[] {
  const groups = groupBy(base, match);
  return [...groupBy(head, match)].flatMap(([key, arrived]) => {
    const left = groups.get(key) ?? [];
    return arrived.slice(0, left.length).map((item, index) => ({
      base: left[index] ?? null,
      head: item,
    }));
  });
}

// Strongest first: of equal holders with other levels the fewest then seem to be raised.
function groupBy(
  capabilities: readonly LocatedCapability[],
  match: Match,
): Map<string, LocatedCapability[]> {
  const groups = new Map<string, LocatedCapability[]>();
  for (const capability of [...capabilities].sort(compareStrength)) {
    const equal = match(capability);
    if (!equal) continue;
    const key = JSON.stringify([capability.kind, capability.name, ...equal]);
    const group = groups.get(key);
    if (group) group.push(capability);
    else groups.set(key, [capability]);
  }
  return groups;
}

function compareStrength(left: LocatedCapability, right: LocatedCapability): number {
  const rank = (item: LocatedCapability): number => rankOf(item.kind, item.level ?? null);
  return rank(right) - rank(left) || compareLocated(left, right);
}

function compareLocated(left: LocatedCapability, right: LocatedCapability): number {
  return (
    compareBytes(left.path, right.path) ||
    left.line - right.line ||
    compareBytes(left.holder, right.holder)
  );
}

function without(
  capabilities: readonly LocatedCapability[],
  paired: ReadonlySet<LocatedCapability | null>,
): readonly LocatedCapability[] {
  return capabilities.filter((capability) => !paired.has(capability));
}
