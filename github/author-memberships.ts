import type { GovernedAction } from "../maestro/ports.ts";
import type { Author } from "../rules/facts/facts.ts";
import { organisationProof, outside, teamProof } from "../rules/policy/approvals/proofs.ts";
import { askedMemberships } from "../rules/policy/memberships.ts";
import type { PolicySet } from "../rules/policy/policy-set.ts";
import { askMemberships, type MembershipOptions } from "./memberships.ts";

/** Whose memberships are read, and for which policies. */
export type AuthorOptions = Omit<MembershipOptions, "asked" | "isPublic"> & {
  readonly action: GovernedAction;
  readonly policies: PolicySet;
};

/**
 * Of which of the teams and organisations that conditions name the pull request's author is. Null
 * for a sort of which GitHub does not tell one: no team of that name, or no leave to ask.
 */
export async function readAuthorMemberships(
  options: AuthorOptions,
): Promise<Pick<Author, "teams" | "organisations"> | null> {
  const { action, policies } = options;
  const { teams, organisations } = askedMemberships(policies.policies);
  const { author } = action.facts;
  if (author === null || teams.length + organisations.length === 0) return null;
  // Each team by itself; that it is named is no matter here: records hold no names.
  const asked = { teamLists: teams.map((team) => [team.toLowerCase()]), organisations };
  const proofs = await askMemberships({ ...options, asked, isPublic: false })(author);
  return {
    teams: among(teams, teamProof, proofs),
    organisations: among(organisations, organisationProof, proofs),
  };
}

function among(
  names: readonly string[],
  proofOf: (name: string) => string,
  proofs: readonly string[],
): readonly string[] | null {
  const isTold = (name: string) =>
    proofs.includes(proofOf(name)) || proofs.includes(outside(proofOf(name)));
  return names.every(isTold) ? names.filter((name) => proofs.includes(proofOf(name))) : null;
}
