import type { Side } from "../../change/listing.ts";
import { contentDigest } from "../holder-content.ts";
import { printable } from "../printable.ts";
import { wayTo } from "../reach.ts";
import type { Capability } from "../capability.ts";
import { type OwnersGrant, OWNER_KINDS } from "./owner-grants.ts";

/** All that is told of one kind, level and side; what is over it is told together. */
const MAX_OF_A_SORT = 200;

const MAX_OTHERS = 5;

/**
 * Grants as the differ takes them: one for each rule and owner, with the strongest level and a path
 * of it. `why` says, for all that one side has, what became of its file.
 *
 * Each is told on one side alone and pairs with nothing of the other one: were the same rule to lose
 * one path and win another, that would be no change.
 */
export function ownerCapabilities(
  grants: readonly OwnersGrant[],
  side: Side,
  why: string,
): Capability[] {
  const told = grants.filter((grant) => grant.side === side);
  const groups = Map.groupBy(told, ({ kind, line, name }) => JSON.stringify([kind, line, name]));
  const capabilities = [...groups.values()].flatMap((group) => capabilityOf(group, why));
  const sorts = Map.groupBy(capabilities, ({ kind, level }) => `${kind} ${level ?? ""}`);
  return [...sorts.values()].flatMap(atMost);
}

function capabilityOf(group: readonly OwnersGrant[], why: string): Capability[] {
  const strongest = group.reduce((one, other) => (rank(other) > rank(one) ? other : one));
  const { kind, name, holder, level, line, side, path } = strongest;
  const alike = group.filter((grant) => grant.level === level);
  const others = [...new Set(alike.flatMap((grant) => grant.others))].sort();
  const context = [contextOf(strongest, others), `for example ${printable(path)}`, why];
  return [
    {
      kind,
      name: shownPattern(name),
      holder: shownPattern(holder),
      context: context.filter((part) => part !== "").join("; "),
      ...(level !== undefined && { level }),
      line,
      certainty: "exact",
      reach: [wayTo(`side:${side}`, line)],
      holderContent: contentDigest(side, kind, name, holder),
    },
  ];
}

function rank({ kind, level = "" }: OwnersGrant): number {
  return OWNER_KINDS[kind]?.indexOf(level) ?? -1;
}

function contextOf({ kind, level, side }: OwnersGrant, others: readonly string[]): string {
  if (others.length === 0) return "";
  const named = printable(others.slice(0, MAX_OTHERS).join(" "));
  const shown = others.length > MAX_OTHERS ? `${named} and more` : named;
  if (kind === "owners.unowned") return `before: ${shown}`;
  if (side === "base") return `now ${shown}`;
  return level === "instead" ? `instead of ${shown}` : `beside ${shown}`;
}

/** What is cut stays different from everything that is cut to the same. */
function shownPattern(text: string): string {
  const shown = printable(text);
  return shown === text ? shown : `${shown} (${contentDigest(text).slice(0, 12)})`;
}

function atMost(sort: readonly Capability[]): readonly Capability[] {
  const [first, ...more] = sort.slice(MAX_OF_A_SORT - 1);
  if (!first || more.length === 0) return sort;
  const rest = { ...first, name: "and more", context: `${more.length + 1} of this kind` };
  return [...sort.slice(0, MAX_OF_A_SORT - 1), rest];
}
