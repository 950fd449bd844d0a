import type { Account } from "../state/accounts.ts";
import type { FieldError } from "../state/api-error.ts";
import type { App, Level } from "../state/apps.ts";
import type { Repository, Role } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import type { Caller } from "./callers.ts";

/** One request after its route was found, its caller let in and its body checked. */
export interface Call {
  readonly world: World;
  readonly caller: Caller;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** As the operation describes it; `{}` where none was sent. */
  readonly body: unknown;
}

export interface RepositoryCall extends Call {
  readonly repository: Repository;
}

export interface Answer {
  readonly status: number;
  /** Undefined: no body. */
  readonly body?: unknown;
  /** The page's address parts for the `Link` header. */
  readonly pages?: Pages;
}

/** Where a page stands in a list, counted from 1. */
export interface Pages {
  readonly page: number;
  readonly last: number;
}

interface RouteBase<OwnCall> {
  /** GitHub's id of the operation: `checks/create`. */
  readonly operation: string;
  /** What is refused of a body beside its schema. */
  readonly limits?: (body: unknown) => readonly FieldError[];
  answer(call: OwnCall): Answer | Promise<Answer>;
}

/** For an App with its own JWT. */
export interface AppRoute extends RouteBase<Call & { readonly app: App }> {
  readonly as: "app";
}

/** For an installation's token, whatever it may do. */
export interface InstallationRoute extends RouteBase<
  Call & { readonly caller: Extract<Caller, { kind: "installation" }> }
> {
  readonly as: "installation";
}

/** For whoever may reach the repository so far. */
export interface RepositoryRoute extends RouteBase<RepositoryCall> {
  readonly as: "repository";
  readonly needs: Need;
}

/** What a caller needs in a repository. */
export interface Need {
  /** The App's permission; of several, any one. */
  readonly permission: string | readonly string[];
  readonly level: Level;
  /** A person's role; default what the level says. `nobody`: only Apps. */
  readonly role?: Role | "nobody";
}

/** For an App that is installed on the organization and may read its members; for its members too. */
export interface OrganisationRoute extends RouteBase<Call> {
  readonly as: "organisation";
}

export type Route = AppRoute | InstallationRoute | RepositoryRoute | OrganisationRoute;

/** The account that acts; a route that writes is never reached without one. */
export function actor({ caller }: Call): Account {
  if (caller.kind === "user") return caller.account;
  if (caller.kind === "installation") return caller.installation.app.bot;
  throw new Error(`embedded GitHub: ${caller.kind} acts`);
}

/** The App whose installation is calling. */
export function callingApp({ caller }: Call): App {
  if (caller.kind === "installation") return caller.installation.app;
  throw new Error("embedded GitHub: only an installation gets here");
}

/** A path parameter that the description knows to be a number. */
export function numberIn({ parameters }: Call, name: string): number {
  return Number(parameters[name]);
}
