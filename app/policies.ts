import { createHash } from "node:crypto";
import type { Remote } from "../git/remote.ts";
import { readFileAt } from "../git/store.ts";
import { packSource } from "../rules/packs/packs.ts";
import { loadPolicies } from "../rules/policy/load.ts";
import type { PolicySet, PolicySource } from "../rules/policy/policy-set.ts";
import { AppError } from "./errors.ts";

const POLICY_PATH = ".github/bailiff.yml";
/** More than a policy file may have: loading it tells the limit, this one keeps the memory. */
const MAX_POLICY_BYTES = 1024 * 1024;
const DEFAULT_PACK = "bailiff:recommended";

/**
 * The policies that judge a repository's changes: those of its default branch, at one commit.
 *
 * Never those of the pull request's head, nor of a base branch that its author chose. Where the
 * default branch has none, the recommended pack judges in simulation.
 */
export async function readPolicies(
  remote: Remote,
  { repositoryId, defaultBranch }: { repositoryId: string; defaultBranch: string },
): Promise<PolicySet> {
  const ref = `refs/heads/${defaultBranch}`;
  const commit = await remote.resolveRef(ref);
  if (commit === null) throw withoutBranch(defaultBranch);
  const bytes = await readFileAt(remote.store, commit, POLICY_PATH, MAX_POLICY_BYTES);
  if (bytes === null) return loadPolicies(recommended(), true);
  const digest = createHash("sha256").update(bytes).digest("hex");
  return loadPolicies(
    [{ repoId: repositoryId, ref, commit, path: POLICY_PATH, digest, bytes }],
    false,
  );
}

function recommended(): readonly PolicySource[] {
  const pack = packSource(DEFAULT_PACK);
  return pack === null ? [] : [pack];
}

function withoutBranch(branch: string): AppError {
  return new AppError(
    "DEFAULT_BRANCH_ABSENT",
    `The default branch ${branch} was not found, so no policies could be read.`,
    "Choose an existing default branch in the repository's settings, then run this check again.",
  );
}
