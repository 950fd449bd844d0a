import type { KeyObject } from "node:crypto";
import type { Account } from "./accounts.ts";

export type Level = "read" | "write" | "admin";
/** GitHub's permission names (`checks`, `contents`, …) and how far each goes. */
export type Permissions = Readonly<Partial<Record<string, Level>>>;

/** An App as its `app.yml` declares it. */
export interface AppManifest {
  readonly name?: string | undefined;
  readonly default_permissions: Permissions;
  readonly default_events: readonly string[];
}

export interface App {
  readonly id: number;
  readonly clientId: string;
  readonly slug: string;
  readonly name: string;
  readonly owner: Account;
  readonly bot: Account;
  readonly publicKey: KeyObject;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  readonly webhookSecret: string;
  webhookUrl: string | null;
  readonly createdAt: Date;
}

export interface Installation {
  readonly id: number;
  readonly app: App;
  readonly account: Account;
  /** Repository ids, or all of the account's. */
  repositories: "all" | ReadonlySet<number>;
  /** What its account granted: the App's own, or less. */
  permissions: Permissions;
  suspendedAt: Date | null;
  readonly createdAt: Date;
}

/** Whether permissions hold one; metadata comes with any other. */
export function allows(permissions: Permissions, name: string, level: Level): boolean {
  const held = permissions[name];
  if (held === undefined) return name === "metadata" && Object.keys(permissions).length > 0;
  return level === "read" || held === level || held === "admin";
}
