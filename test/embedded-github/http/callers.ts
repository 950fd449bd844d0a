import type { Account } from "../state/accounts.ts";
import type { App, Installation, Permissions } from "../state/apps.ts";

/** Who is asking, as the request's token says. */
export type Caller =
  | { readonly kind: "anonymous" }
  | { readonly kind: "app"; readonly app: App }
  | {
      readonly kind: "installation";
      readonly installation: Installation;
      readonly permissions: Permissions;
      /** What the token was narrowed to, within the installation. */
      readonly repositories: "all" | ReadonlySet<number>;
    }
  | { readonly kind: "user"; readonly account: Account };

/** A caller in the log: `app:ID`, `installation:ID`, `user:LOGIN` or `anonymous`. */
export function callerName(caller: Caller): string {
  if (caller.kind === "app") return `app:${caller.app.id}`;
  if (caller.kind === "installation") return `installation:${caller.installation.id}`;
  return caller.kind === "user" ? `user:${caller.account.login}` : "anonymous";
}

/** The account that acts: a person, or the App's bot. */
export function actingAccount(caller: Caller): Account | null {
  if (caller.kind === "user") return caller.account;
  return caller.kind === "installation" ? caller.installation.app.bot : null;
}
