import { compareBytes } from "../../change/path-order.ts";
import type { Facts, Review } from "../../facts/facts.ts";
import { type ApprovalRule, isAnybody } from "./approval-rule.ts";
import { ownerLogins, type Requirement } from "./requirement.ts";
import { contributed } from "./void.ts";

/** Approvals that are missing for one requirement. */
export interface Lacking {
  /** Whose, in words; null: of anybody who may write. */
  readonly who: readonly string[] | null;
  readonly missing: number;
  readonly given: number;
  /** Whether there are people enough who could give them, as far as a policy can tell. */
  readonly isPossible: boolean;
}

/** What a requirement lacks, beside the approvals that count for it. */
export function lackingOf(
  { group, owned }: Requirement,
  counted: readonly Review[],
  { rule, facts }: { readonly rule: ApprovalRule; readonly facts: Facts },
): Lacking {
  const [missing, given] = [group.count - counted.length, counted.length];
  if (isAnybody(group)) return { who: null, missing, given, isPossible: true };
  const approved = counted.map(({ actor }) => actor.login.toLowerCase());
  const users = [...new Set([...group.users, ...ownerLogins(owned?.owners ?? [])])].filter(
    (login) =>
      !approved.includes(login) &&
      !group.not.some((people) => people.users.includes(login)) &&
      !rule.ignoring.some((contribution) => contributed({ login }, contribution, facts)),
  );
  const others = [
    ...[...group.teams.map((team) => `@${team}`), ...otherOwners(owned?.owners ?? [])],
    ...group.organisations.map((organisation) => `a member of ${organisation}`),
    ...group.roles.map((role) => `somebody with the role ${role}`),
  ];
  const unknown = group.owners && owned === null ? ["an owner, who is unknown to this host"] : [];
  const who = [...users.map((user) => `@${user}`), ...new Set(others), ...unknown];
  return {
    who,
    missing,
    given,
    isPossible: others.length + unknown.length > 0 || users.length >= missing,
  };
}

/** Of several ways the one that takes the fewest approvals; of equal ones that whose words come first. */
export function smallest(ways: readonly (readonly Lacking[])[]): readonly Lacking[] {
  const [best = []] = ways.toSorted(
    (one, other) =>
      Number(!isPossible(one)) - Number(!isPossible(other)) ||
      missingIn(one) - missingIn(other) ||
      compareBytes(JSON.stringify(one), JSON.stringify(other)),
  );
  return best;
}

/** Whether there are people enough for all of it. */
export function isPossible(lacking: readonly Lacking[]): boolean {
  return lacking.every((one) => one.isPossible);
}

function missingIn(lacking: readonly Lacking[]): number {
  return lacking.reduce((sum, { missing }) => sum + missing, 0);
}

function otherOwners(owners: readonly string[]): readonly string[] {
  return owners.filter((owner) => !owner.startsWith("@") || owner.includes("/"));
}
