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

/** A commit of a mainline, and when it was committed, RFC 3339 in UTC. */
export interface MainlineCommit extends HistoricCommit {
  readonly date: string;
}

/**
 * The first-parent history of a commit, the newest first: what came in, one by one. At most `most`,
 * and none that was committed before the day `since` (`2026-01-31`, UTC).
 */
export async function listMainline(
  { store }: Pick<Repository, "store">,
  head: string,
  { most, since }: { readonly most: number; readonly since: string | null },
): Promise<MainlineCommit[]> {
  const limits = [`--max-count=${most}`, ...(since === null ? [] : [`--since=${since}T00:00:00Z`])];
  const args = ["log", "--first-parent", "--format=%ct %H %P", ...limits, head, "--"];
  const output = (await git({ gitDir: store.gitDir, args })).toString("latin1");
  return output.split("\n").filter(Boolean).map(mainlineCommit);
}

/** `<seconds> <id> <parent> <parent>` */
function mainlineCommit(line: string): MainlineCommit {
  const [, seconds = "0", commit = ""] = /^(\d+) (.*)$/.exec(line.trimEnd()) ?? [];
  return { ...historicCommit(commit), date: new Date(1000 * Number(seconds)).toISOString() };
}
