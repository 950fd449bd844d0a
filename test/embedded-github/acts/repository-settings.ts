import type { Repository } from "../state/repositories.ts";
import { fullName } from "../state/repositories.ts";
import type { World } from "../state/world.ts";

/** What an administrator does on a repository's settings page. What had its old names is redirected. */
export interface RepositorySettings {
  rename(name: string): void;
  /** Gives it to another owner; installations there cover it where they cover all. */
  transfer(owner: string): void;
  setArchived(archived: boolean): void;
  setPrivate(isPrivate: boolean): void;
  /** Renames the default branch, and the branch that new work starts from with it. */
  renameDefaultBranch(branch: string): Promise<void>;
  /** Deletes it: its names lead nowhere. */
  delete(): void;
}

export function repositorySettings(world: World, repository: Repository): RepositorySettings {
  const move = (change: () => void): void => {
    world.formerNames.set(fullName(repository).toLowerCase(), repository.id);
    change();
  };
  return {
    rename: (name) => {
      move(() => (repository.name = name));
    },
    transfer: (owner) => {
      move(() => (repository.owner = world.accounts.of(owner, "Organization")));
    },
    setArchived: (archived) => {
      repository.archived = archived;
    },
    setPrivate: (isPrivate) => {
      repository.private = isPrivate;
    },
    renameDefaultBranch: (branch) => renameDefaultBranch(repository, branch),
    delete: () => {
      world.repositories.delete(repository.id);
    },
  };
}

async function renameDefaultBranch(repository: Repository, branch: string): Promise<void> {
  const { git, defaultBranch, pulls } = repository;
  await git.setRef(`refs/heads/${branch}`, await git.commit(`refs/heads/${defaultBranch}`));
  await git.setHead(branch);
  await git.setRef(`refs/heads/${defaultBranch}`, null);
  repository.defaultBranch = branch;
  for (const pull of pulls.filter(({ base }) => base.branch === defaultBranch)) {
    pull.base = { ...pull.base, branch };
  }
  repository.knownRefs = await git.refs();
}
