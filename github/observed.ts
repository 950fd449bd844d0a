import type { GovernedAction } from "../maestro/ports.ts";
import type { External } from "../rules/facts/facts.ts";
import { askedFacts } from "../rules/policy/facts-asked.ts";
import type { PolicySet } from "../rules/policy/policy-set.ts";
import { type GitHubClient, isNotAllowed, type RepositoryPlace } from "./client.ts";
import { readProperties } from "./properties.ts";
import { readStatuses } from "./statuses.ts";
import { readVerified } from "./verified-commits.ts";

/** What is observed of a change, and for whom. */
export interface ObservedOptions {
  readonly client: GitHubClient;
  readonly repository: RepositoryPlace;
  readonly action: GovernedAction;
  readonly policies: PolicySet;
}

export type Observed = Required<Pick<External, "statuses" | "properties" | "verified">>;

/** Nobody was asked, or nobody tells. */
export const NOTHING_OBSERVED: Observed = { statuses: null, properties: null, verified: null };

/** Whether a policy reads something that is observed: if not, nothing has to be asked. */
export function isObserved({ policies }: PolicySet): boolean {
  const { statuses, properties, verified } = askedFacts(policies);
  return statuses || properties.length > 0 || verified;
}

/**
 * Asks GitHub for what policies read of a change besides its reviews: other checks of its head, the
 * repository's properties, which signatures are good. What GitHub does not let this host see is unknown.
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
