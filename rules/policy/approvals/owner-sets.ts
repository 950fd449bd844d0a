import { firstOfEach } from "../../capabilities/first-of-each.ts";
import type { Facts, FileFact } from "../../facts/facts.ts";

/** Whom CODEOWNERS at the base names for a path, in lower case; nobody where the list is empty. */
export interface OwnerSet {
  readonly path: string;
  readonly owners: readonly string[];
}

/**
 * The owners of one changed path, of both its names where it was renamed; of all changed paths
 * where `path` is null, or no changed file's. Each list of owners once. null: nobody listed them.
 */
export function ownerSets({ change }: Facts, path: string | null): readonly OwnerSet[] | null {
  const own = change.files.filter((file) => file.path === path || file.previousPath === path);
  const sets = (own.length > 0 ? own : change.files).flatMap(setsOf);
  if (sets.some(({ owners }) => owners === null)) return null;
  return firstOfEach(sets as OwnerSet[], ({ owners }) => JSON.stringify(owners));
}

function setsOf({ path, previousPath, owners, previousOwners }: FileFact) {
  const now = { path, owners };
  return previousPath === null ? [now] : [now, { path: previousPath, owners: previousOwners }];
}
