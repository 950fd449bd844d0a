import type { World } from "../state/world.ts";

/** What an owner of an organization does on its pages. */
export interface OrganisationActs {
  /** Makes somebody a member. */
  join(organization: string, login: string): void;
  /** Makes a team, closed unless told, or changes who is in it: its members, and whom it invited. */
  team(
    name: `${string}/${string}`,
    options: {
      readonly privacy?: "closed" | "secret";
      readonly members?: readonly string[];
      readonly invited?: readonly string[];
    },
  ): void;
}

export function organisationActs(world: World): OrganisationActs {
  const { organisations, accounts } = world;
  const join = (organization: string, login: string) => {
    organisations.addMember(organization, accounts.of(login));
  };
  return {
    join,
    team(name, { privacy = "closed", members = [], invited = [] }) {
      const [organization = "", slug = ""] = name.split("/");
      const known = organisations.team(organization, slug);
      const made = { id: world.newId(), organization, slug, privacy, createdAt: world.now() };
      const team = known ?? { ...made, members: new Map<number, "active" | "pending">() };
      if (known === undefined) organisations.teams.push(team);
      team.privacy = privacy;
      team.members.clear();
      for (const login of members) team.members.set(accounts.of(login).id, "active");
      for (const login of invited) team.members.set(accounts.of(login).id, "pending");
      for (const login of members) join(organization, login);
    },
  };
}
