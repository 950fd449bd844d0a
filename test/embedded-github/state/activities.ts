import type { Account } from "./accounts.ts";

/** A push to a branch, as a repository's activity view shows it. */
export interface Activity {
  readonly id: number;
  readonly ref: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly kind: "push" | "branch_creation" | "branch_deletion";
  readonly actor: Account;
  readonly at: Date;
}
