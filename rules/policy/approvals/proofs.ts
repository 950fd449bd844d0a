import { canonicalJson, sha256Hex } from "../../canonical.ts";
import { type Role, ROLES } from "./approval-rule.ts";

/** `role:write`: what somebody may do in the repository. */
export function roleProof(role: Role): string {
  return `role:${role}`;
}

/** `team:acme/security`: somebody is an active member of that team. */
export function teamProof(team: string): string {
  return `team:${team.toLowerCase()}`;
}

/** `org:acme`: somebody is a member of that organisation. */
export function organisationProof(organisation: string): string {
  return `org:${organisation.toLowerCase()}`;
}

/**
 * `group:<sha256>`: somebody is in one of the teams that a group names, which stands in the place of
 * the team where nobody may know that. The sha256 (hex) is over the canonical JSON of the
 * teams, in lower case, each once, sorted.
 */
export function teamsProof(teams: readonly string[]): string {
  const distinct = [...new Set(teams.map((team) => team.toLowerCase()))].sort();
  return `group:${sha256Hex(canonicalJson(distinct))}`;
}

/** `outside:team:acme/security`: somebody is certainly not what another proof says. */
export function outside(proof: string): string {
  return `outside:${proof}`;
}

/** Somebody is in no team and no organisation but those that other proofs name. */
export const OUTSIDE_ALL = "outside:*";

/** Whether a role that is proven is one of `roles`, or above one. */
export function reachesRole(via: readonly string[], roles: readonly Role[]): boolean {
  const needed = ROLES.findIndex((role) => roles.includes(role));
  return needed !== -1 && ROLES.slice(needed).some((role) => via.includes(roleProof(role)));
}

/** Whether somebody's right to write to the repository is proven. */
export function mayWrite(via: readonly string[]): boolean {
  return reachesRole(via, ["write"]);
}

/** Whether somebody is proven to be in one of some teams. */
export function isInTeams(via: readonly string[], teams: readonly string[]): boolean {
  if (teams.length === 0) return false;
  return via.includes(teamsProof(teams)) || teams.some((team) => via.includes(teamProof(team)));
}

/** Whether somebody is proven to be in none of some teams. */
export function isOutsideTeams(via: readonly string[], teams: readonly string[]): boolean {
  if (isInTeams(via, teams)) return false;
  if (teams.length === 0 || via.includes(outside(teamsProof(teams)))) return true;
  return via.includes(OUTSIDE_ALL) || teams.every((team) => via.includes(outside(teamProof(team))));
}

/** Whether somebody is proven to be a member of one of some organisations. */
export function isInOrganisations(via: readonly string[], names: readonly string[]): boolean {
  return names.some((name) => via.includes(organisationProof(name)));
}

/** Whether somebody is proven to be in none of some organisations. */
export function isOutsideOrganisations(via: readonly string[], names: readonly string[]): boolean {
  if (isInOrganisations(via, names)) return false;
  const isOutside = (name: string) => via.includes(outside(organisationProof(name)));
  return via.includes(OUTSIDE_ALL) || names.every(isOutside);
}
