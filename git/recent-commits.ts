import type { Repository } from "./repository.ts";
import { git } from "./run-git.ts";

/** A commit of a history, by full ids; without parents it is a first one. */
export interface HistoricCommit {
  readonly commit: string;
  readonly parents: readonly string[];
}

/** At most `count` commits that a revision reaches, the newest first, as git orders them. */
export async function listRecentCommits(
  repository: Repository,
  revision: string,
  count: number,
): Promise<HistoricCommit[]> {
  const head = await repository.resolve(revision);
  const args = ["rev-list", `--max-count=${count}`, "--parents", head];
  const output = (await git({ gitDir: repository.store.gitDir, args })).toString("latin1");
  return output.split("\n").filter(Boolean).map(historicCommit);
}

/** `<id> <parent> <parent>` */
function historicCommit(line: string): HistoricCommit {
  const [commit = "", ...parents] = line.split(" ");
  return { commit, parents };
}
