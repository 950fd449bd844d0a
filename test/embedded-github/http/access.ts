import { ApiError, notFound } from "../state/api-error.ts";
import { allows, type App } from "../state/apps.ts";
import { roleOf, roleReaches, type Repository } from "../state/repositories.ts";
import { repositoriesOf, type World } from "../state/world.ts";
import type { Caller } from "./callers.ts";
import type { Need } from "./routes.ts";

type InstallationCaller = Extract<Caller, { kind: "installation" }>;

/** The App that calls with its own JWT; throws 401. */
export function requireApp(caller: Caller): App {
  if (caller.kind === "app") return caller.app;
  throw new ApiError(401, "A JSON web token could not be decoded");
}

/** The installation that calls; throws 401 or 403. */
export function requireInstallation(caller: Caller): InstallationCaller {
  if (caller.kind === "installation") return caller;
  if (caller.kind === "anonymous") throw new ApiError(401, "Requires authentication");
  throw new ApiError(403, "You must authenticate with an installation access token");
}

/**
 * The repository, where the caller may do what it needs; throws 404 for what it may not see, else 401 or 403.
 *
 * An installation needs the permission also for what anybody may read, once it covers the repository.
 */
export function requireRepository(
  world: World,
  caller: Caller,
  repository: Repository | undefined,
  need: Need,
): Repository {
  if (repository === undefined) throw notFound();
  if (caller.kind === "installation") checkInstallation(world, caller, repository, need);
  else if (caller.kind === "user") checkUser(caller.account, repository, need);
  else checkStranger(caller, repository, need);
  return repository;
}

/** Lets in who may know of an organization's members; throws 403 and 404. */
export function requireMembers(world: World, caller: Caller, organization: string): void {
  const isOf = (login: string) => login.toLowerCase() === organization.toLowerCase();
  if (caller.kind === "installation") {
    if (!isOf(caller.installation.account.login)) throw notFound();
    if (!allows(caller.permissions, "members", "read")) {
      throw new ApiError(403, "Resource not accessible by integration");
    }
  } else if (
    caller.kind !== "user" ||
    !world.organisations.isMember(organization, caller.account)
  ) {
    throw notFound();
  }
}

/** Whether an installation's token reaches a repository. */
export function covers(world: World, caller: InstallationCaller, repository: Repository): boolean {
  const { installation, repositories } = caller;
  return (
    repositoriesOf(world, installation).includes(repository) &&
    (repositories === "all" || repositories.has(repository.id))
  );
}

function checkInstallation(
  world: World,
  caller: InstallationCaller,
  repository: Repository,
  { permission, level }: Need,
): void {
  const isCovered = covers(world, caller, repository);
  if (!isCovered && repository.private) throw notFound();
  const isAllowed = isCovered
    ? [permission].flat().some((name) => allows(caller.permissions, name, level))
    : level === "read";
  if (!isAllowed) throw new ApiError(403, "Resource not accessible by integration");
  if (repository.archived && level !== "read") {
    throw new ApiError(403, "Repository was archived so is read-only.");
  }
}

function checkUser(
  account: Extract<Caller, { kind: "user" }>["account"],
  repository: Repository,
  { level, role = level }: Need,
): void {
  const held = roleOf(repository, account);
  if (held === null) throw notFound();
  if (role === "nobody") throw new ApiError(403, "You must authenticate via a GitHub App.");
  if (!roleReaches(held, role))
    throw new ApiError(403, "Must have write access to the repository.");
}

function checkStranger(caller: Caller, repository: Repository, { level, role }: Need): void {
  if (caller.kind === "app") throw new ApiError(401, "Bad credentials");
  if (repository.private) throw notFound();
  const isOpen = level === "read" && (role === undefined || role === "read");
  if (!isOpen) throw new ApiError(401, "Requires authentication");
}
