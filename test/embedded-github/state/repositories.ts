import type { GitStore } from "../git/git-store.ts";
import type { Account } from "./accounts.ts";
import type { Activity } from "./activities.ts";
import type { CheckRun, CheckSuite } from "./check-runs.ts";
import type { Comment } from "./comments.ts";
import type { Pull } from "./pulls.ts";
import type { Review } from "./reviews.ts";
import type { Ruleset } from "./rulesets.ts";

/** GitHub's roles on one repository. */
export type Role = "read" | "triage" | "write" | "maintain" | "admin";

export interface Repository {
  readonly id: number;
  owner: Account;
  name: string;
  private: boolean;
  archived: boolean;
  defaultBranch: string;
  readonly git: GitStore;
  readonly forkOf: Repository | null;
  /** By account id; the owner is an administrator without being here. */
  readonly roles: Map<number, Role>;
  readonly rulesets: Ruleset[];
  readonly pulls: Pull[];
  readonly reviews: Review[];
  /** Oldest first. */
  readonly activities: Activity[];
  readonly comments: Comment[];
  readonly checkSuites: CheckSuite[];
  readonly checkRuns: CheckRun[];
  /** Refs as they were when their effects were last seen to. */
  knownRefs: ReadonlyMap<string, string>;
  /** Effects of pushes are seen to one after another. */
  effects: Promise<unknown>;
  readonly createdAt: Date;
  pushedAt: Date;
}

const roleOrder: readonly Role[] = ["read", "triage", "write", "maintain", "admin"];

/** What an account may do with a repository, null where it may not see it. */
export function roleOf(repository: Repository, account: Account): Role | null {
  if (repository.owner === account) return "admin";
  return repository.roles.get(account.id) ?? (repository.private ? null : "read");
}

/** Whether a role reaches another. */
export function roleReaches(role: Role | null, needed: Role): boolean {
  return role !== null && roleOrder.indexOf(role) >= roleOrder.indexOf(needed);
}

/** `owner/name`. */
export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}
