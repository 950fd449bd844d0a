import type { Team } from "../state/organisations.ts";
import type { World } from "../state/world.ts";
import { organizationOf } from "./accounts.ts";
import { nodeId, timeText } from "./notation.ts";

/** A team as the REST API answers it. */
export function payloadOfTeam(world: World, team: Team): Record<string, unknown> {
  const url = `${world.apiUrl}/organizations/${team.organization}/team/${team.id}`;
  const html = `${world.url}/orgs/${team.organization}`;
  const created = timeText(team.createdAt);
  const { organization } = organizationOf(world, world.accounts.of(team.organization));
  return {
    id: team.id,
    node_id: nodeId("Team", team.id),
    url,
    html_url: `${html}/teams/${team.slug}`,
    name: team.slug,
    slug: team.slug,
    description: null,
    privacy: team.privacy,
    permission: "pull",
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: "organization",
    members_count: team.members.size,
    repos_count: 0,
    created_at: created,
    updated_at: created,
    organization: {
      ...(organization as object),
      html_url: html,
      has_organization_projects: true,
      has_repository_projects: true,
      public_repos: 0,
      public_gists: 0,
      followers: 0,
      following: 0,
      type: "Organization",
      created_at: created,
      updated_at: created,
      archived_at: null,
    },
  };
}
