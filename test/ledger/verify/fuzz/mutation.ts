import type { SeededRandom } from "../../seeded-random.ts";
import type { ModelBranch, ModelCommit } from "./branch-model.ts";

/** Changes a branch somewhere. */
export type Mutation = (branch: ModelBranch, random: SeededRandom) => Mutated;

/** A changed branch, and what was done to it where. */
export interface Mutated {
  readonly branch: ModelBranch;
  readonly told: string;
}

export function commitAt({ commits }: ModelBranch, at: number): ModelCommit {
  const commit = commits[at];
  if (commit === undefined) throw new Error(`no commit ${at}`);
  return commit;
}

/** One line of history, whatever these commits were children of. */
export function straight(commits: readonly ModelCommit[]): ModelBranch {
  const line = commits.map((commit, at) => ({ ...commit, parents: at === 0 ? [] : [at - 1] }));
  return { commits: line, tip: line.length - 1 };
}
