import type { Faults } from "../http/faults.ts";
import type { RequestLog } from "../http/request-log.ts";
import type { Description } from "../openapi-description.ts";
import type { InstallationTokens } from "./installation-tokens.ts";
import type { DeliveryQueue } from "../webhooks/delivery-queue.ts";
import type { Accounts } from "./accounts.ts";
import type { App, Installation } from "./apps.ts";
import type { Organisations } from "./organisations.ts";
import { fullName, type Repository } from "./repositories.ts";

/** Everything that one embedded GitHub knows. */
export interface World {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly apiUrl: string;
  /** Where the bare repositories are. */
  readonly folder: string;
  readonly now: () => Date;
  /** A number that nothing else has. */
  readonly newId: () => number;
  readonly tokens: InstallationTokens;
  readonly accounts: Accounts;
  readonly organisations: Organisations;
  readonly apps: Map<number, App>;
  readonly installations: Map<number, Installation>;
  readonly repositories: Map<number, Repository>;
  /** `owner/name` (lower case) that a repository had, to its id: what is asked for there is redirected. */
  readonly formerNames: Map<string, number>;
  readonly deliveries: DeliveryQueue;
  readonly description: Description;
  readonly log: RequestLog;
  readonly faults: Faults;
}

/** A repository by its names, without regard to case. */
export function findRepository(world: World, owner: string, name: string): Repository | undefined {
  const wanted = `${owner}/${name}`.toLowerCase();
  return [...world.repositories.values()].find(
    (repository) => fullName(repository).toLowerCase() === wanted,
  );
}

/** The repository that had these names before, where none has them now. */
export function renamedRepository(
  world: World,
  owner: string,
  name: string,
): Repository | undefined {
  if (findRepository(world, owner, name) !== undefined) return undefined;
  const id = world.formerNames.get(`${owner}/${name}`.toLowerCase());
  return id === undefined ? undefined : world.repositories.get(id);
}

/** A repository that is known to be there. */
export function repositoryById(world: World, id: number): Repository {
  const repository = world.repositories.get(id);
  if (repository === undefined) throw new Error(`embedded GitHub: no repository ${id}`);
  return repository;
}

/** The repositories of an installation. */
export function repositoriesOf(world: World, installation: Installation): Repository[] {
  return [...world.repositories.values()].filter(
    (repository) =>
      repository.owner === installation.account &&
      (installation.repositories === "all" || installation.repositories.has(repository.id)),
  );
}
