import type { GovernedAction } from "../maestro/ports.ts";
import type { External } from "../rules/facts/facts.ts";
import { NOTHING_KNOWN } from "../rules/facts/unknown.ts";
import type { PolicySet } from "../rules/policy/policy-set.ts";
import type { GitHubClient, RepositoryPlace } from "./client.ts";
import { askStanding, readReviews, type StandingCache } from "./reviews.ts";

/** How long a reviewer's standing is believed without asking again. */
const STANDING_TTL_MS = 60_000;

/** Whose reviews are read, and how. */
export interface ExternalOptions {
  readonly client: GitHubClient;
  readonly repository: RepositoryPlace;
  readonly action: GovernedAction;
  readonly standings: StandingCache;
  readonly now: () => Date;
}

/**
 * When reviews can change what these policies say: `to-settle` where approvals can only settle
 * what stands without them, `always` where a condition reads reviews itself.
 */
export function reviewsMatter({ policies }: PolicySet): "never" | "to-settle" | "always" {
  const isRead = policies.some(({ reads }) =>
    reads.some((path) => path.split(/[.[]/, 1)[0] === "reviews"),
  );
  if (isRead) return "always";
  return policies.some(({ approvedBy }) => approvedBy !== null) ? "to-settle" : "never";
}

/** Asks GitHub for what git does not hold of a pull request. */
export async function readExternal(options: ExternalOptions): Promise<External> {
  const { client, repository, action, standings: cache, now } = options;
  const standing = askStanding(client, { cache, now, ttlMs: STANDING_TTL_MS });
  const reviews = await readReviews(client, repository, { action, standing });
  return { ...NOTHING_KNOWN, reviews };
}
