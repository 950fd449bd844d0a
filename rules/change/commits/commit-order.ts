/** A commit and its parents' ids, the first one first. */
export interface Parented {
  readonly sha: string;
  readonly parents: readonly string[];
}

/**
 * The commits that a head reaches among these, each behind its parents, those of a first parent
 * before those of the others. The order in which they are given does not matter.
 */
export function oldestFirst<Commit extends Parented>(
  head: string,
  commits: readonly Commit[],
): Commit[] {
  const bySha = new Map(commits.map((commit) => [commit.sha, commit]));
  const seen = new Set<string>();
  const ordered: Commit[] = [];
  const path: { readonly commit: Commit; next: number }[] = [];
  const enter = (sha: string | undefined): void => {
    const commit = bySha.get(sha ?? "");
    if (!commit || seen.has(commit.sha)) return;
    seen.add(commit.sha);
    path.push({ commit, next: 0 });
  };
  enter(head);
  for (let step = path.at(-1); step; step = path.at(-1)) {
    if (step.next < step.commit.parents.length) enter(step.commit.parents[step.next++]);
    else {
      path.pop();
      ordered.push(step.commit);
    }
  }
  return ordered;
}
