import type { Account } from "./accounts.ts";
import type { App } from "./apps.ts";

/** A comment in a pull request's conversation. */
export interface Comment {
  readonly id: number;
  readonly pullNumber: number;
  readonly author: Account;
  /** The App that wrote it, null for a person. */
  readonly app: App | null;
  body: string;
  readonly createdAt: Date;
  updatedAt: Date;
}
