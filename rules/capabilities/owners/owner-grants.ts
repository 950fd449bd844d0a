import type { Capability } from "../capability.ts";
import type { Side } from "../../change/listing.ts";
import type { OwnersRule } from "./lines.ts";
import type { Territories, Territory } from "./territories.ts";

/** Each kind, with its levels from weakest to strongest. */
export const OWNER_KINDS: Readonly<Record<string, readonly string[]>> = {
  "owners.owned": ["dormant", "living"],
  "owners.unowned": ["idle", "taking"],
  "owners.owner": ["first", "beside", "instead", "left"],
};

/** What one side has of what changes hands, and for people what the other side has instead. */
export type OwnersGrant = Omit<Capability, "reach" | "holderContent" | "certainty" | "context"> & {
  readonly side: Side;
  /** The owners of the other side. */
  readonly others: readonly string[];
  /** A path that changes hands. */
  readonly path: string;
};

/**
 * What each territory of a change loses and gains.
 *
 * Only what differs is told, each loss and gain once: an owner's rule that nothing stands for any
 * more at base, at the head the rule that takes paths from all owners, and of paths that keep an
 * owner each one that comes or goes.
 */
export function grantsOf({ all, changed }: Territories): OwnersGrant[] {
  return all.flatMap((territory) => {
    const { base, head } = territory;
    if (base && base.owners.length > 0) {
      if (!head) return [owned(territory, base, "base")];
      if (head.owners.length === 0)
        return isMistaken(territory, head) ? [] : [unowned(territory, head, base)];
      return changeOfOwners(territory, { base, head, isNew: changed.head.has(head) });
    }
    if (!head || (head.owners.length === 0 && base)) return [];
    if (head.owners.length === 0) return [unowned(territory, head)];
    const first = { rule: head, level: "first", side: "head", others: [] } as const;
    return [
      owned(territory, head, "head"),
      ...head.owners.map((owner) => ownerOf(territory, { ...first, owner })),
    ];
  });
}

/** `@someone` alone on a line takes away a path that nobody has, and is told as a line that is skipped. */
function isMistaken({ isLived }: Territory, { pattern }: OwnersRule): boolean {
  return !isLived && pattern.startsWith("@");
}

function owned({ isLived, path }: Territory, rule: OwnersRule, side: Side): OwnersGrant {
  return {
    kind: "owners.owned",
    name: rule.pattern,
    level: isLived ? "living" : "dormant",
    holder: rule.owners.join(" "),
    ...{ side, path, others: [], line: rule.line },
  };
}

function unowned({ path }: Territory, head: OwnersRule, base?: OwnersRule): OwnersGrant {
  return {
    kind: "owners.unowned",
    name: head.pattern,
    level: base ? "taking" : "idle",
    holder: "nobody",
    ...{ side: "head", path, others: base?.owners ?? [], line: head.line },
  };
}

interface Hands {
  readonly base: OwnersRule;
  readonly head: OwnersRule;
  readonly isNew: boolean;
}

function changeOfOwners(territory: Territory, { base, head, isNew }: Hands): OwnersGrant[] {
  // A rule that goes with its last file leaves nothing to the one that was there before.
  if (!isNew && !territory.isLived) return [];
  const come = head.owners.filter((owner) => !base.owners.includes(owner));
  const gone = base.owners.filter((owner) => !head.owners.includes(owner));
  // A rule that stays shows no line of the change: people see the one that went.
  const isLeft = !isNew && come.length > 0 && gone.length > 0;
  const level = gone.length === base.owners.length ? "instead" : "beside";
  const arrived = isLeft ? [] : come;
  return [
    ...arrived.map((owner) =>
      ownerOf(territory, { rule: head, owner, level, side: "head", others: base.owners }),
    ),
    ...gone.map((owner) =>
      ownerOf(territory, {
        rule: base,
        owner,
        level: isLeft ? "left" : level,
        side: "base",
        others: head.owners,
      }),
    ),
  ];
}

interface OwnerChange {
  readonly rule: OwnersRule;
  readonly owner: string;
  readonly level: string;
  readonly side: Side;
  readonly others: readonly string[];
}

function ownerOf({ path }: Territory, { rule, owner, ...more }: OwnerChange): OwnersGrant {
  return {
    kind: "owners.owner",
    name: owner,
    holder: rule.pattern,
    line: rule.line,
    path,
    ...more,
  };
}
