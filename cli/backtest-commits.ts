import { openChangeSource } from "../git/change-source.ts";
import type { MainlineCommit } from "../git/recent-commits.ts";
import type { Repository } from "../git/repository.ts";
import { compareOn, type Held } from "../rules/backtest/compare.ts";
import type { CommitFlip } from "../rules/candidate/review.ts";
import { localAction } from "./local-action.ts";
import { localEvidence } from "./local-evidence.ts";
import { openProgress } from "./progress.ts";
import type { Terminal } from "./terminal.ts";

/** What became of commits that came in; of those that are `untold` nobody knows what it takes. */
export interface CommitsBacktest {
  readonly commits: number;
  readonly untold: number;
  readonly flips: readonly CommitFlip[];
}

/** Judges what each commit brought by both policies, and counts what comes of it. */
export async function backtestCommits(
  commits: readonly MainlineCommit[],
  repository: Repository,
  { held, terminal }: { readonly held: Held; readonly terminal: Terminal },
): Promise<CommitsBacktest> {
  const flips: CommitFlip[] = [];
  let untold = 0;
  using progress = openProgress(terminal, { total: commits.length, what: "commits" });
  for (const commit of commits) {
    const came = await compareCommit(commit, repository, held);
    if (came === "untold") untold += 1;
    else if (came !== "same") flips.push({ commit: commit.commit, date: commit.date, ...came });
    progress.advance();
  }
  return { commits: commits.length, untold, flips };
}

async function compareCommit(
  { commit, parents, date }: MainlineCommit,
  repository: Repository,
  held: Held,
) {
  const range = { base: parents[0] ?? repository.emptyTree, head: commit };
  const action = localAction(
    { ...range, baseBranch: null, headBranch: null },
    { name: "policy backtest", repositoryId: null, at: new Date(date) },
  );
  const policies = [...held.present.policies, ...held.candidate.policies];
  const evidence = await localEvidence(openChangeSource({ repository }), action, policies);
  return compareOn(evidence, held);
}
