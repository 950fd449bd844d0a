import type { Listing } from "../change/listing.ts";
import { compareBytes } from "../change/path-order.ts";
import { rankOf } from "./levels.ts";
import { type Match, type Paired, pairInTurn } from "./pair-in-turn.ts";
import { reachTexts } from "./reach.ts";
import type { LocatedCapability } from "./read-change.ts";

/** One capability on both sides of a change; null where a side does not have it. */
export type Pair = Paired<LocatedCapability>;

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
 * Where others refer to a holder by its name, equal content (2. to 4.) counts only for names that
 * one side alone has: two policies that are swapped are given to each other's roles.
 * Content counts before 5., so that a holder that went elsewhere as it is never vouches for
 * another one. All that is left has no counterpart.
 */
export function pairCapabilities(
  base: readonly LocatedCapability[],
  head: readonly LocatedCapability[],
  listing: Listing,
): Pair[] {
  const named = matches(listing, keptHolders(base, head)).map(
    (match): Match<LocatedCapability> =>
      (capability) => {
        const equal = match(capability);
        return equal && [capability.kind, capability.name, ...equal];
      },
  );
  return pairInTurn(base, head, named, compareStrength);
}

/** The holders that both sides have in the same file. */
function keptHolders(
  base: readonly LocatedCapability[],
  head: readonly LocatedCapability[],
): ReadonlySet<string> {
  const before = new Set(base.map(placedHolder));
  return new Set(head.map(placedHolder).filter((holder) => before.has(holder)));
}

function placedHolder({ path, holder }: LocatedCapability): string {
  return JSON.stringify([path, holder]);
}

function matches(listing: Listing, kept: ReadonlySet<string>): readonly Match<LocatedCapability>[] {
  const oneSided = new Set(
    listing.files.filter((file) => !file.base || !file.head).map((file) => file.path),
  );
  const renamable = (match: Match<LocatedCapability>): Match<LocatedCapability> => {
    return (capability) => {
      const isKept = capability.isReferredTo === true && kept.has(placedHolder(capability));
      return isKept ? null : match(capability);
    };
  };
  return [
    ({ path, holder, reach }) => [path, holder, ...reachTexts(reach)],
    ({ path, holder }) => [path, holder],
    renamable(({ path, holderContent }) => [path, holderContent]),
    renamable(({ holder, holderContent, context, reach }) => [
      holder,
      holderContent,
      context,
      ...reachTexts(reach),
    ]),
    renamable(({ holderContent, context, reach }) => [
      holderContent,
      context,
      ...reachTexts(reach),
    ]),
    ({ path, holder, context, reach }) =>
      oneSided.has(path) ? [holder, context, ...reachTexts(reach)] : null,
  ];
}

// Strongest first: of equal holders with other levels the fewest then seem to be raised.
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
