import type { Repository } from "../git/repository.ts";
import type { PolicySet } from "../rules/policy/policy-set.ts";
import type { PullFlip, PullsBacktest } from "../report/backtest-text.ts";
import { openProgress } from "./progress.ts";
import { compareRecorded, listRecordedPulls } from "./recorded-pulls.ts";
import type { Terminal } from "./terminal.ts";

/** Judges every pull request of a repository's ledger since a day anew, and counts what comes of it. */
export async function backtestPulls(
  repository: Repository,
  policies: PolicySet,
  { since, terminal }: { readonly since: string | null; readonly terminal: Terminal },
): Promise<PullsBacktest> {
  const pulls = await listRecordedPulls(repository, since);
  const flips: PullFlip[] = [];
  let [untold, missing] = [0, 0];
  using progress = openProgress(terminal, { total: pulls.length, what: "pull requests" });
  for (const pull of pulls) {
    const came = await compareRecorded(pull, repository, policies);
    if (came === "missing") missing += 1;
    else if (came === "untold") untold += 1;
    else if (came !== "same") flips.push({ ...placeOf(pull), ...came });
    progress.advance();
  }
  return { pullRequests: pulls.length, untold, missing, flips };
}

function placeOf({
  index,
  number,
  predicate,
}: Awaited<ReturnType<typeof listRecordedPulls>>[number]) {
  const { change, action } = predicate;
  return { number, commit: change.head, date: action.at, record: index };
}
