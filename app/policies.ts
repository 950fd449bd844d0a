import type { Remote } from "../git/remote.ts";
import { repositoryPolicies } from "../rules/policy/load.ts";
import type { PolicySet } from "../rules/policy/policy-set.ts";
import { MAX_POLICY_READ_BYTES, POLICY_PATH, policySource } from "../rules/policy/policy-source.ts";
import { AppError } from "./errors.ts";

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
  const bytes = await remote.readFileAt(commit, POLICY_PATH, MAX_POLICY_READ_BYTES);
  const place = { repoId: repositoryId, ref, commit, path: POLICY_PATH };
  return repositoryPolicies(bytes && policySource(bytes, place));
}

function withoutBranch(branch: string): AppError {
  return new AppError(
    "DEFAULT_BRANCH_ABSENT",
    `The default branch ${branch} was not found, so no policies could be read.`,
    "Choose an existing default branch in the repository's settings, then run this check again.",
  );
}
