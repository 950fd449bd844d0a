import { isPackName, packSource } from "../rules/packs/packs.ts";
import { loadPolicies, repositoryPolicies } from "../rules/policy/load.ts";
import type { PolicySet, PolicySource } from "../rules/policy/policy-set.ts";
import { MAX_POLICY_READ_BYTES, POLICY_PATH, policySource } from "../rules/policy/policy-source.ts";
import { withWaiverFile } from "../rules/waivers/waiver-file.ts";
import { ActionError } from "./errors.ts";
import { shownValue } from "./inputs.ts";
import type { Place } from "./objects.ts";

/** Where policies are read from, and which are added to the repository's own. */
export interface AskedPolicies {
  readonly repositoryId: string;
  readonly branch: string;
  /** A commit of the default branch; null where nothing stood on it before the change. */
  readonly commit: string | null;
  readonly added: readonly string[];
}

/**
 * The repository's policies at a commit of its default branch, and those that the workflow adds.
 *
 * Never those of the change. Without any the recommended pack judges in simulation.
 */
export async function readPolicies(place: Place, asked: AskedPolicies): Promise<PolicySet> {
  const own = await sourceAt(place, asked, POLICY_PATH);
  const added = await Promise.all(asked.added.map((name) => addedSource(place, asked, name)));
  const set =
    added.length === 0
      ? repositoryPolicies(own)
      : loadPolicies([...(own ? [own] : []), ...added], false);
  return withWaiverFile(set, (path) => sourceAt(place, asked, path));
}

async function sourceAt(
  place: Place,
  { repositoryId, branch, commit }: AskedPolicies,
  path: string,
): Promise<PolicySource | null> {
  if (commit === null) return null;
  const bytes = await place.readFileAt(commit, path, MAX_POLICY_READ_BYTES);
  const from = { repoId: repositoryId, ref: `refs/heads/${branch}`, commit, path };
  return bytes && policySource(bytes, from);
}

async function addedSource(
  place: Place,
  asked: AskedPolicies,
  name: string,
): Promise<PolicySource> {
  const source = isPackName(name) ? packSource(name) : await sourceAt(place, asked, name);
  if (source !== null) return source;
  throw new ActionError(
    "INPUT_INVALID",
    `The input policy names ${shownValue(name)}, which is not there.`,
    `Name a pack such as bailiff:recommended@1, or a file on the branch ${asked.branch}.`,
  );
}
