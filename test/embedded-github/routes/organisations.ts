import type { OrganisationRoute, Route } from "../http/routes.ts";
import { payloadOfTeam } from "../payloads/organisations.ts";
import type { Account } from "../state/accounts.ts";
import { notFound } from "../state/api-error.ts";
import type { Team } from "../state/organisations.ts";
import type { World } from "../state/world.ts";

const getTeam: OrganisationRoute = {
  as: "organisation",
  operation: "teams/get-by-name",
  answer: ({ world, parameters }) => ({
    status: 200,
    body: payloadOfTeam(world, teamIn(world, parameters)),
  }),
};

const getMembership: OrganisationRoute = {
  as: "organisation",
  operation: "teams/get-membership-for-user-in-org",
  answer: ({ world, parameters }) => {
    const team = teamIn(world, parameters);
    const state = team.members.get(accountIn(world, parameters).id);
    if (state === undefined) throw notFound();
    const { org = "", team_slug: slug = "", username = "" } = parameters;
    const url = `${world.apiUrl}/organizations/${org}/team/${slug}/memberships/${username}`;
    return { status: 200, body: { url, role: "member", state } };
  },
};

const checkMember: OrganisationRoute = {
  as: "organisation",
  operation: "orgs/check-membership-for-user",
  answer: ({ world, parameters }) => {
    const account = accountIn(world, parameters);
    if (!world.organisations.isMember(parameters["org"] ?? "", account)) throw notFound();
    return { status: 204 };
  },
};

export const organisationRoutes: readonly Route[] = [getTeam, getMembership, checkMember];

function teamIn(world: World, parameters: Readonly<Record<string, string>>): Team {
  const team = world.organisations.team(parameters["org"] ?? "", parameters["team_slug"] ?? "");
  if (team === undefined) throw notFound();
  return team;
}

function accountIn(world: World, parameters: Readonly<Record<string, string>>): Account {
  const account = world.accounts.find(parameters["username"] ?? "");
  if (account === undefined) throw notFound();
  return account;
}
