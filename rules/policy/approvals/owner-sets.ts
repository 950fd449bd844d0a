import { firstOfEach } from "../../capabilities/first-of-each.ts";
import { compareBytes } from "../../change/path-order.ts";
import type { Facts, FileFact } from "../../facts/facts.ts";

/** Whom CODEOWNERS at the base names for a path, in lower case; nobody where the list is empty. */
export interface OwnerSet {
  readonly path: string;
  readonly owners: readonly string[];
}

/**
 * Makes the function that tells the owners of one changed path, of both its names where it was
 * renamed; of all changed paths where `path` is null, or no changed file's. Each list of owners
 * once, in one order. null: nobody listed them.
 */
export function ownerSets({ change }: Facts): (path: string | null) => readonly OwnerSet[] | null {
  const byPath = new Map<string | null, FileFact[]>();
  for (const file of change.files) {
    for (const name of new Set([file.path, file.previousPath])) {
      if (name !== null) byPath.set(name, [...(byPath.get(name) ?? []), file]);
    }
  }
  let all: readonly OwnerSet[] | null | undefined;
  return (path) => {
    const own = byPath.get(path);
    if (own !== undefined) return distinctSets(own);
    if (all === undefined) all = distinctSets(change.files);
    return all;
  };
}

function distinctSets(files: readonly FileFact[]): readonly OwnerSet[] | null {
  const sets = files.flatMap(setsOf);
  if (sets.some(({ owners }) => owners === null)) return null;
  return firstOfEach(sets as OwnerSet[], keyOf).toSorted((one, other) =>
    compareBytes(keyOf(one), keyOf(other)),
  );
}

function keyOf({ owners }: OwnerSet): string {
  return JSON.stringify(owners);
}

function setsOf({ path, previousPath, owners, previousOwners }: FileFact) {
  const now = { path, owners };
  return previousPath === null ? [now] : [now, { path: previousPath, owners: previousOwners }];
}
