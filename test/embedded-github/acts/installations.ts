import { payloadOfAccount } from "../payloads/accounts.ts";
import { payloadOfInstallation, payloadOfNamedRepository } from "../payloads/apps.ts";
import type { Installation, Permissions } from "../state/apps.ts";
import type { Repository } from "../state/repositories.ts";
import { findRepository, repositoriesOf, type World } from "../state/world.ts";
import { sendChecked } from "../webhooks/announce.ts";

/** What an installation's owner does on its settings page. Each tells the App, whatever it subscribed to. */
export interface InstallationActs {
  suspend(id: number): void;
  unsuspend(id: number): void;
  /** Removes it: its tokens end, and it is gone. */
  uninstall(id: number): void;
  /** What it grants from now on; without them all that the App asks for. Tells `new_permissions_accepted` where that is more. */
  setPermissions(id: number, permissions?: Permissions): void;
  /** The repositories (names) that it covers from now on. */
  setRepositories(id: number, names: readonly string[]): void;
}

export function installationActs(world: World): InstallationActs {
  const find = (id: number): Installation => {
    const installation = world.installations.get(id);
    if (installation === undefined) throw new Error(`embedded GitHub: no installation ${id}`);
    return installation;
  };
  return {
    suspend: (id) => {
      find(id).suspendedAt = world.now();
      tell(world, find(id), "suspend");
    },
    unsuspend: (id) => {
      find(id).suspendedAt = null;
      tell(world, find(id), "unsuspend");
    },
    uninstall: (id) => {
      const installation = find(id);
      tell(world, installation, "deleted");
      world.installations.delete(id);
    },
    setPermissions: (id, permissions) => {
      const installation = find(id);
      installation.permissions = permissions ?? installation.app.permissions;
      // GitHub tells of what was granted, not of what was withdrawn.
      if (permissions === undefined) tell(world, installation, "new_permissions_accepted");
    },
    setRepositories: (id, names) => {
      const installation = find(id);
      const chosen = names.flatMap(
        (name) => findRepository(world, installation.account.login, name) ?? [],
      );
      const before = repositoriesOf(world, installation);
      installation.repositories = new Set(chosen.map((repository) => repository.id));
      const added = chosen.filter((repository) => !before.includes(repository));
      const removed = before.filter((repository) => !chosen.includes(repository));
      if (added.length > 0) tellRepositories(world, installation, { added });
      if (removed.length > 0) tellRepositories(world, installation, { removed });
    },
  };
}

function tell(world: World, installation: Installation, action: string): void {
  const repositories = repositoriesOf(world, installation).map(payloadOfNamedRepository);
  sendChecked(world, installation.app, "installation", {
    action,
    installation: payloadOfInstallation(world, installation),
    repositories,
    sender: payloadOfAccount(world, installation.account),
  });
}

function tellRepositories(
  world: World,
  installation: Installation,
  {
    added = [],
    removed = [],
  }: { readonly added?: readonly Repository[]; readonly removed?: readonly Repository[] },
): void {
  sendChecked(world, installation.app, "installation_repositories", {
    action: added.length > 0 ? "added" : "removed",
    installation: payloadOfInstallation(world, installation),
    repositories_added: added.map(payloadOfNamedRepository),
    repositories_removed: removed.map(payloadOfNamedRepository),
    repository_selection: "selected",
    requester: null,
    sender: payloadOfAccount(world, installation.account),
  });
}
