import type { GovernedAction, Saw, Seen } from "../maestro/ports.ts";
import type { Judgement } from "../rules/evidence.ts";
import type { Contributor, External, Review } from "../rules/facts/facts.ts";
import { NOTHING_KNOWN } from "../rules/facts/unknown.ts";
import {
  askedContributions,
  askedOfPeople,
  askedSurvival,
  ownersApprove,
} from "../rules/policy/approvals/asked.ts";
import type { PolicySet } from "../rules/policy/policy-set.ts";
import type { GitHubClient, RepositoryPlace } from "./client.ts";
import { type ContributorCache, readContributors } from "./contributors.ts";
import { askMemberships, type MembershipCache, noMemberships } from "./memberships.ts";
import { askStanding, readReviews, type Standing, type StandingCache } from "./reviews.ts";

/** How long a reviewer's standing is believed without asking again. */
const STANDING_TTL_MS = 60_000;

/** What GitHub said of people and is believed for a minute. */
export interface PeopleCache {
  readonly standings: StandingCache;
  readonly memberships: MembershipCache;
  readonly contributors: ContributorCache;
}

export function nobodyKnown(): PeopleCache {
  return { standings: new Map(), memberships: noMemberships(), contributors: new Map() };
}

/** Whose reviews are read, and how. */
export interface ExternalOptions {
  readonly client: GitHubClient;
  /** Who may ask for members of organisations and teams; null where nobody may. */
  readonly membersClient: () => Promise<GitHubClient | null>;
  /** Who may ask for the activity of branches; null where nobody may. */
  readonly contentsClient: () => Promise<GitHubClient | null>;
  readonly repository: RepositoryPlace;
  readonly action: GovernedAction;
  readonly policies: PolicySet;
  readonly unknowing: () => Judgement;
  readonly saw: Saw;
  /** Whether the repository is known not to be public: what is recorded then names secret teams. */
  readonly isPrivate: boolean;
  readonly people: PeopleCache;
  readonly now: () => Date;
}

/**
 * When reviews can change what these policies say: `to-settle` where approvals can only settle
 * what stands without them, `always` where a condition reads reviews itself.
 */
export function reviewsMatter({ policies }: PolicySet): "never" | "to-settle" | "always" {
  const isRead = policies.some(({ reads }) =>
    reads.some((path) => ["reviews", "contributors"].includes(path.split(/[.[]/, 1)[0] ?? "")),
  );
  if (isRead) return "always";
  return policies.some(({ approvedBy }) => approvedBy !== null) ? "to-settle" : "never";
}

/**
 * Asks GitHub for what git does not hold of a pull request: its reviews, with what proves that
 * their authors count, and who wrote, committed and pushed it where an approval could settle.
 */
export async function readExternal(options: ExternalOptions): Promise<External> {
  const { client, repository, action, policies } = options;
  const reading = { action, standing: standingOf(options), saw: sawAsAsked(options) };
  const reviews = await readReviews(client, repository, reading);
  const contributions = askedContributions(policies);
  const isAsked = contributions.length > 0 && reviews.some(isProven);
  const contributors = isAsked ? await readContributors(believing(options), contributions) : null;
  return { ...NOTHING_KNOWN, reviews, contributors: contributors ?? whereNoneIsAsked(options) };
}

function isProven({ state, via }: Review): boolean {
  return state === "approved" && via.length > 0;
}

/** Nobody is ignored for a contribution: none has to be known. */
function whereNoneIsAsked({ policies }: ExternalOptions): readonly Contributor[] | null {
  return askedContributions(policies).length === 0 ? [] : null;
}

function believing({ people, ...options }: ExternalOptions) {
  return { ...options, cache: people.contributors, ttlMs: STANDING_TTL_MS };
}

/** A role first: whoever has none is asked for no membership. */
function standingOf(options: ExternalOptions): Standing {
  const { client, people, now, repository } = options;
  const believed = { now, ttlMs: STANDING_TTL_MS };
  const role = askStanding(client, { cache: people.standings, ...believed });
  const memberships = askMemberships({
    ...believed,
    client: options.membersClient,
    asked: askedOfPeople(options.policies, ownerLists(options)),
    ...{ cache: people.memberships, repository, isPublic: !options.isPrivate },
  });
  return async (place, actor) => {
    const roles = await role(place, actor);
    return roles.length === 0 ? [] : [...roles, ...(await memberships(actor))];
  };
}

function ownerLists({ policies, unknowing }: ExternalOptions): readonly (readonly string[])[] {
  if (!ownersApprove(policies)) return [];
  const { files } = unknowing().facts.change;
  return files.flatMap(({ owners, previousOwners }) => [owners ?? [], previousOwners ?? []]);
}

/** Only what the policies ask of an earlier commit is compared, and recorded. */
function sawAsAsked({ policies, saw }: ExternalOptions): Saw {
  const survives = askedSurvival(policies);
  return async (commit): Promise<Seen> => {
    if (survives === "nothing") return { sameChange: false, sameFor: null };
    const { sameChange, sameFor } = await saw(commit);
    return { sameChange, sameFor: survives === "paths" ? sameFor : null };
  };
}
