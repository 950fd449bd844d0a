import type { Account } from "./accounts.ts";

/** A team of an organization. */
export interface Team {
  readonly id: number;
  readonly organization: string;
  readonly slug: string;
  privacy: "closed" | "secret";
  /** Account ids; a pending one was invited. */
  readonly members: Map<number, "active" | "pending">;
  readonly createdAt: Date;
}

/** Who belongs to which organization, and to which of its teams. */
export class Organisations {
  readonly teams: Team[] = [];
  readonly #members = new Map<string, Set<number>>();

  /** A team by its names, without regard to case. */
  team(organization: string, slug: string): Team | undefined {
    const wanted = `${organization}/${slug}`.toLowerCase();
    return this.teams.find((team) => `${team.organization}/${team.slug}`.toLowerCase() === wanted);
  }

  addMember(organization: string, { id }: Account): void {
    const members = this.#members.get(organization.toLowerCase()) ?? new Set();
    this.#members.set(organization.toLowerCase(), members.add(id));
  }

  isMember(organization: string, { id }: Account): boolean {
    return this.#members.get(organization.toLowerCase())?.has(id) === true;
  }
}
