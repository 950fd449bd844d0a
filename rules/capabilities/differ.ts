import type { Listing } from "../change/listing.ts";
import { compareBytes } from "../change/path-order.ts";
import type { CapabilityFact, DeltaKind } from "../facts/facts.ts";
import type { RepositorySettings } from "./capability.ts";
import { type Granted, grantedBy, rankOf } from "./levels.ts";
import { type Pair, pairCapabilities } from "./pairing.ts";
import { gainedWay, isWithin, lineOfGain } from "./reach.ts";
import type { LocatedCapability } from "./read-change.ts";

/** The capabilities on both sides of a change, and what their levels depend on. */
export interface Sides {
  readonly base: readonly LocatedCapability[];
  readonly head: readonly LocatedCapability[];
  readonly listing: Listing;
  readonly repository: RepositorySettings;
}

/**
 * What a change does to what files grant: one fact for each capability that it adds, raises,
 * lowers or removes, sorted by path, line, kind, name, holder and side.
 *
 * Reformatting, reordering, moving and renaming grant nothing new and give no fact; see
 * `pairCapabilities`; nor does what its holder has had under a wider name. A pair is raised where
 * its level rises or its reach gains anything, lowered where it only loses; a raise of reach alone
 * stands at the line that opened it. A level that the repository's settings decide is resolved
 * first, and one that comes out as no grant counts as absent. `before` and `after` are levels, null
 * where there was or is no grant; a context that changed is shown as `BEFORE → AFTER`.
 */
export function diffCapabilities({ base, head, listing, repository }: Sides): CapabilityFact[] {
  const [wasIncluded, isIncluded] = [includedIn(base), includedIn(head)];
  return pairCapabilities(base, head, listing)
    .flatMap((pair) => factsOf(pair, repository, { wasIncluded, isIncluded }))
    .sort(compareFacts);
}

/** Whether a side has a capability by a wider name. */
interface Inclusion {
  readonly wasIncluded: (capability: LocatedCapability) => boolean;
  readonly isIncluded: (capability: LocatedCapability) => boolean;
}

function factsOf(
  pair: Pair,
  settings: RepositorySettings,
  { wasIncluded, isIncluded }: Inclusion,
): CapabilityFact[] {
  const { before, after } = grantsOf(pair, settings);
  const delta = deltaOf(pair, before, after);
  const seen = delta === "removed" ? pair.base : pair.head;
  if (!delta || !seen) return [];
  if ((delta === "added" || delta === "raised") && wasIncluded(seen)) return [];
  // A guard without levels, such as a denial, that was replaced by a wider one is not gone.
  if (delta === "removed" && seen.level === undefined && isIncluded(seen)) return [];
  return [
    {
      kind: seen.kind,
      name: seen.name,
      holder: seen.holder,
      context: contextOf(pair),
      delta,
      before: before?.level ?? null,
      after: after?.level ?? null,
      path: seen.path,
      side: delta === "removed" ? "base" : "head",
      ...placeOf(pair, seen),
      certainty: seen.certainty,
    },
  ];
}

/** Whether a holder has a capability by a wider name on a side, in the same file. */
function includedIn(side: readonly LocatedCapability[]): (narrow: LocatedCapability) => boolean {
  const keyOf = ({ kind, path, holder }: LocatedCapability, name: string): string =>
    JSON.stringify([kind, path, holder, name]);
  const had = Map.groupBy(side, (capability) => keyOf(capability, capability.name));
  return (narrow) =>
    (narrow.wider ?? []).some((name) =>
      had.get(keyOf(narrow, name))?.some((wider) => {
        const isAsStrong = ownRank(wider) >= ownRank(narrow);
        return isAsStrong && isWithin(narrow.reach, wider.reach);
      }),
    );
}

function ownRank({ kind, level }: LocatedCapability): number {
  return rankOf(kind, level ?? null);
}

/** A raise by reach alone stands where the new way was opened, which the change has touched. */
function placeOf(
  { base, head }: Pair,
  seen: LocatedCapability,
): Pick<CapabilityFact, "line" | "endLine"> {
  const own = { line: seen.line, endLine: seen.endLine ?? seen.line };
  if (!base || !head || base.level !== head.level) return own;
  const gained = gainedWay(head.reach, base.reach);
  if (!gained) return own;
  const line = lineOfGain(gained, base.reach);
  return { line, endLine: line };
}

function grantsOf(
  { base, head }: Pair,
  settings: RepositorySettings,
): { before: Granted | null; after: Granted | null } {
  // The same level on both sides is no change, whatever an unknown setting makes of it.
  const baseSide = base?.level === head?.level ? "head" : "base";
  return {
    before: base && grantedBy(base, baseSide, settings),
    after: head && grantedBy(head, "head", settings),
  };
}

function deltaOf(
  { base, head }: Pair,
  before: Granted | null,
  after: Granted | null,
): DeltaKind | null {
  if (!base || !before) return after && "added";
  if (!head || !after) return "removed";
  const rise = rankOf(head.kind, after.level) - rankOf(base.kind, before.level);
  // What a guard lets through now counts more than what it stops besides.
  if (head.isGuard && (rise < 0 || !isWithin(base.reach, head.reach))) return "lowered";
  if (rise > 0 || !isWithin(head.reach, base.reach)) return "raised";
  return rise < 0 || !isWithin(base.reach, head.reach) ? "lowered" : null;
}

function contextOf({ base, head }: Pair): string {
  const contexts = [base?.context, head?.context].filter((context) => context !== undefined);
  return [...new Set(contexts)].join(" → ");
}

function compareFacts(left: CapabilityFact, right: CapabilityFact): number {
  return (
    compareBytes(left.path, right.path) ||
    left.line - right.line ||
    compareBytes(left.kind, right.kind) ||
    compareBytes(left.name, right.name) ||
    compareBytes(left.holder, right.holder) ||
    compareBytes(left.side, right.side)
  );
}
