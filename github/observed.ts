import type { GovernedAction } from "../maestro/ports.ts";
import type { External } from "../rules/facts/facts.ts";
import { askedFacts } from "../rules/policy/facts-asked.ts";
import { askedMemberships } from "../rules/policy/memberships.ts";
import type { PolicySet } from "../rules/policy/policy-set.ts";
import { readAuthorMemberships } from "./author-memberships.ts";
import { type GitHubClient, isNotAllowed, type RepositoryPlace } from "./client.ts";
import type { MembershipCache } from "./memberships.ts";
import { readProperties } from "./properties.ts";
import { readStatuses } from "./statuses.ts";
import { readVerified } from "./verified-commits.ts";

/** What is observed of a change, and for whom. */
export interface ObservedOptions {
  readonly client: GitHubClient;
  readonly repository: RepositoryPlace;
  readonly action: GovernedAction;
  readonly policies: PolicySet;
  /** Who may ask for members; null where nobody may. */
  readonly membersClient: () => Promise<GitHubClient | null>;
  readonly people: { readonly memberships: MembershipCache };
  readonly now: () => Date;
}

export type Observed = Required<
  Pick<External, "statuses" | "properties" | "verified" | "memberships">
>;

/** Nobody was asked, or nobody tells. */
export const NOTHING_OBSERVED: Observed = {
  ...{ statuses: null, properties: null, verified: null, memberships: null },
};

/** How long GitHub's word on a member is believed without asking again. */
const MEMBERSHIP_TTL_MS = 60_000;

/** Whether a policy reads something that is observed: if not, nothing has to be asked. */
export function isObserved({ policies }: PolicySet): boolean {
  const { statuses, properties, verified } = askedFacts(policies);
  const { teams, organisations } = askedMemberships(policies);
  const names = [...properties, ...teams, ...organisations];
  return statuses || verified || names.length > 0;
}

/**
 * Asks GitHub for what policies read of a change besides its reviews: other checks of its head, the
 * repository's properties, which signatures are good, of which teams and organisations the author is. What GitHub does not let this host see is unknown.
 */
export async function readObserved(options: ObservedOptions): Promise<Observed> {
  const { client, repository, action, policies } = options;
  const asked = askedFacts(policies.policies);
  const { head } = action.range;
  const { number } = action.facts;
  return {
    statuses: asked.statuses ? await orUnknown(readStatuses(client, { repository, head })) : null,
    properties:
      asked.properties.length > 0 ? await orUnknown(readProperties(client, repository)) : null,
    verified:
      asked.verified && number !== null
        ? await orUnknown(readVerified(client, repository, number))
        : null,
    memberships: await readAuthorMemberships({
      ...{ ...options, client: options.membersClient, cache: options.people.memberships },
      ttlMs: MEMBERSHIP_TTL_MS,
    }),
  };
}

async function orUnknown<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (isNotAllowed(error)) return null;
    throw error;
  }
}
