import type { Review } from "../../facts/facts.ts";
import { type ApprovalGroup, isAnybody, type People } from "./approval-rule.ts";
import type { OwnerSet } from "./owner-sets.ts";
import {
  isInOrganisations,
  isInTeams,
  isOutsideOrganisations,
  isOutsideTeams,
  mayWrite,
  reachesRole,
} from "./proofs.ts";

/** `count` approvals by these people: a group as it is asked of one list of owners. */
export interface Requirement {
  readonly group: ApprovalGroup;
  /** Whom the path's CODEOWNERS names; null where the group asks for no owners, or they are unknown. */
  readonly owned: OwnerSet | null;
}

/** What a group asks for: once, or once for each list of owners. `sets` null: they are unknown. */
export function requirementsOf(
  group: ApprovalGroup,
  sets: readonly OwnerSet[] | null,
): readonly Requirement[] {
  if (!group.owners || sets === null || sets.length === 0) return [{ group, owned: null }];
  return sets.map((owned) => ({ group, owned }));
}

/** Whether a review's author is one of those who are asked, and has the right to be. */
export function belongs({ actor, via }: Review, requirement: Requirement): boolean {
  const { group } = requirement;
  if (group.not.some((people) => mayBeOf(people, { actor, via }))) return false;
  // Being listed replaces no proof: people leave, and logins change hands.
  if (mayWrite(via)) return isNamed({ actor, via }, requirement);
  return reachesRole(via, group.roles);
}

/** The same of whoever may be one of them for all that is proven: who could approve can object. */
export function mayBelong({ actor, via }: Review, requirement: Requirement): boolean {
  const { group, owned } = requirement;
  if (group.not.some((people) => isOf(people, { actor, via }))) return false;
  if (!mayWrite(via)) return reachesRole(via, group.roles);
  return (
    isNamed({ actor, via }, requirement) ||
    !isOutsideTeams(via, group.teams) ||
    !isOutsideOrganisations(via, group.organisations) ||
    !isOutsideTeams(via, ownerTeams(owned?.owners ?? []))
  );
}

/** Whether a review's author is one of those who are asked, whatever they may do. */
export function isNamed({ actor, via }: Named, { group, owned }: Requirement): boolean {
  return isAnybody(group) || isOf(group, { actor, via }) || owns(owned, { actor, via });
}

type Named = Pick<Review, "actor" | "via">;

function isOf({ users, teams, organisations, roles }: People, { actor, via }: Named): boolean {
  return (
    users.includes(actor.login.toLowerCase()) ||
    isInTeams(via, teams) ||
    isInOrganisations(via, organisations) ||
    reachesRole(via, roles)
  );
}

function owns(owned: OwnerSet | null, { actor, via }: Named): boolean {
  if (owned === null) return false;
  const isUser = owned.owners.includes(`@${actor.login.toLowerCase()}`);
  return isUser || isInTeams(via, ownerTeams(owned.owners));
}

/** Whoever may be of those who are left out, for all that is proven, is. */
function mayBeOf(people: People, { actor, via }: Named): boolean {
  return (
    isOf(people, { actor, via }) ||
    !isOutsideTeams(via, people.teams) ||
    !isOutsideOrganisations(via, people.organisations)
  );
}

/** The teams among owners (`@acme/security`), without their `@`. */
export function ownerTeams(owners: readonly string[]): readonly string[] {
  return owners
    .filter((owner) => owner.startsWith("@") && owner.includes("/"))
    .map((owner) => owner.slice(1));
}

/** The logins among owners (`@bo`), without their `@`. */
export function ownerLogins(owners: readonly string[]): readonly string[] {
  return owners
    .filter((owner) => owner.startsWith("@") && !owner.includes("/"))
    .map((owner) => owner.slice(1));
}
