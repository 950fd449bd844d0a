import type { Actor } from "../rules/facts/facts.ts";
import type { AskedOfPeople } from "../rules/policy/approvals/asked.ts";
import {
  organisationProof,
  outside,
  teamProof,
  teamsProof,
} from "../rules/policy/approvals/proofs.ts";
import { type GitHubClient, isGone, isNotAllowed, type RepositoryPlace } from "./client.ts";
import { type Believing, remember, type Remembered } from "./remembered.ts";

/** What GitHub said of teams and their members. */
export interface MembershipCache {
  readonly teams: Remembered<TeamPrivacy>;
  /** null: GitHub does not tell. */
  readonly members: Remembered<boolean | null>;
}

/** `unseen`: there is no such team, or not for whoever asks. */
type TeamPrivacy = "closed" | "secret" | "unseen";

export function noMemberships(): MembershipCache {
  return { teams: new Map(), members: new Map() };
}

export interface MembershipOptions extends Believing {
  /** Who may ask for members; null where nobody may, so that nothing is known of them. */
  readonly client: () => Promise<GitHubClient | null>;
  readonly asked: AskedOfPeople;
  readonly cache: MembershipCache;
  /** What one repository's App is told, another's must not learn from it. */
  readonly repository: RepositoryPlace;
  /** What is proven may be read by everybody: then no secret team is named. */
  readonly isPublic: boolean;
}

/**
 * Makes the function that proves of which teams and organisations somebody is, and of which not;
 * what GitHub does not tell has no proof. For a list with a secret team only that somebody is in one
 * of the list, or in none, is proven where that may be read by everybody.
 */
export function askMemberships(
  options: MembershipOptions,
): (actor: Actor) => Promise<readonly string[]> {
  const { asked } = options;
  const asksNothing = asked.teamLists.length + asked.organisations.length === 0;
  return async (actor) => {
    if (asksNothing) return [];
    const client = await options.client();
    if (client === null) return [];
    const proofs = new Set<string>();
    const asking = { ...options, client };
    for (const teams of asked.teamLists) {
      for (const proof of await teamProofs(asking, teams, actor)) proofs.add(proof);
    }
    for (const name of asked.organisations) {
      const isIn = await isOfOrganisation(asking, name, actor);
      const proof = organisationProof(name);
      if (isIn !== null) proofs.add(isIn ? proof : outside(proof));
    }
    return [...proofs];
  };
}

type Asking = Omit<MembershipOptions, "client"> & { readonly client: GitHubClient };

async function teamProofs(
  asking: Asking,
  teams: readonly string[],
  actor: Actor,
): Promise<readonly string[]> {
  const told: { team: string; privacy: TeamPrivacy; isIn: boolean | null }[] = [];
  for (const team of teams) {
    const privacy = await privacyOf(asking, team);
    const isIn = privacy === "unseen" ? null : await isInTeam(asking, team, actor);
    told.push({ team, privacy, isIn });
  }
  const mayName = ({ privacy }: { privacy: TeamPrivacy }) =>
    !asking.isPublic || privacy === "closed";
  const named = told.filter(mayName).flatMap(({ team, isIn }) => {
    if (isIn === null) return [];
    return isIn ? [teamProof(team)] : [outside(teamProof(team))];
  });
  const unnamed = told.filter((one) => !mayName(one));
  if (unnamed.length === 0) return named;
  if (unnamed.some(({ isIn }) => isIn === true)) return [...named, teamsProof(teams)];
  const isOutside = told.every(({ isIn }) => isIn === false);
  return isOutside ? [...named, outside(teamsProof(teams))] : named;
}

function privacyOf(asking: Asking, team: string): Promise<TeamPrivacy> {
  const { client, cache, repository } = asking;
  const ask = async (): Promise<TeamPrivacy> => {
    try {
      const { data } = await client.request("GET /orgs/{org}/teams/{team_slug}", placeOf(team));
      return data.privacy === "closed" ? "closed" : "secret";
    } catch (error) {
      if (isNotAllowed(error) || isGone(error)) return "unseen";
      throw error;
    }
  };
  return remember(cache.teams, `${repository.id} ${team}`, { ...asking, ask });
}

function isInTeam(asking: Asking, team: string, actor: Actor): Promise<boolean | null> {
  const { client, cache } = asking;
  const ask = () =>
    isMember(async () => {
      const { data } = await client.request(
        "GET /orgs/{org}/teams/{team_slug}/memberships/{username}",
        { ...placeOf(team), username: actor.login },
      );
      return data.state === "active";
    });
  return remember(cache.members, keyOf(asking, team, actor), { ...asking, ask });
}

async function isOfOrganisation(
  asking: Asking,
  org: string,
  actor: Actor,
): Promise<boolean | null> {
  const { client, cache, repository } = asking;
  const ask = () =>
    isMember(async () => {
      await client.request("GET /orgs/{org}/members/{username}", { org, username: actor.login });
      return true;
    });
  const isIn = await remember(cache.members, keyOf(asking, org, actor), { ...asking, ask });
  // Of another organisation GitHub tells only the public members.
  return isIn === false && org !== repository.owner.toLowerCase() ? null : isIn;
}

function keyOf({ repository }: Asking, name: string, { id, login }: Actor): string {
  return `${repository.id} ${name} ${id} ${login}`;
}

/** Whether GitHub says so; 404 is a no, since who asks may see the team or organisation. */
async function isMember(ask: () => Promise<boolean>): Promise<boolean | null> {
  try {
    return await ask();
  } catch (error) {
    if (isGone(error)) return false;
    if (isNotAllowed(error)) return null;
    throw error;
  }
}

function placeOf(team: string): { org: string; team_slug: string } {
  const [org = "", team_slug = ""] = team.split("/");
  return { org, team_slug };
}
