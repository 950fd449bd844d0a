import { openChangeSource } from "../../git/change-source.ts";
import { listMainline, type MainlineCommit } from "../../git/recent-commits.ts";
import { openRepository, type Repository } from "../../git/repository.ts";
import { compareOn, type Held } from "../../rules/backtest/compare.ts";
import type { CommitFlip } from "../../rules/candidate/review.ts";
import { loadPolicies } from "../../rules/policy/load.ts";
import { POLICY_PATH } from "../../rules/policy/policy-source.ts";
import { backtestText } from "../../report/backtest-text.ts";
import { jsonDocument } from "../../report/escape/json.ts";
import type { Command } from "../command.ts";
import { localAction } from "../local-action.ts";
import { localEvidence } from "../local-evidence.ts";
import { localPolicies, namedSource, withoutProblems } from "../local-policies.ts";
import { choice, parseOptions, wholeNumber } from "../options.ts";
import { openProgress } from "../progress.ts";
import { EXIT, type Terminal, UsageError } from "../terminal.ts";

const FORMATS = ["text", "json"] as const;
const OPTIONS = {
  repo: { type: "string" },
  head: { type: "string" },
  against: { type: "string" },
  since: { type: "string" },
  commits: { type: "string" },
  format: { type: "string" },
} as const;
const DEFAULT_COMMITS = 200;

/** `bailiff policy backtest`: what other policies would have said of what was merged. */
export const policyBacktest: Command = {
  usage: `
bailiff policy backtest [FILE|PACK] [--against FILE|PACK] [--repo DIR] [--head REV] [--since DATE]
                        [--commits N] [--format text|json]
  Judges what came into the first-parent history of HEAD, or REV (at most N commits, ${DEFAULT_COMMITS} without --since)
  by these policies (without one by ${POLICY_PATH} as it is here) and by those against which they are
  held (without one the repository's own there), and lists the verdicts that would flip. Approvals
  are unknown here and settle nothing. Exit: 0 whatever flips, 2 usage or invalid policy.`,

  async run(args, terminal) {
    const { values, words } = parseOptions("policy backtest", args, OPTIONS, { atMost: 1 });
    const format = choice("format", values.format ?? "text", FORMATS);
    const since = values.since === undefined ? null : dateOf(values.since);
    const most = wholeNumber("commits", values.commits) ?? (since ? MAX_COMMITS : DEFAULT_COMMITS);
    const named = await namedSource(words[0] ?? POLICY_PATH, "policy backtest:");
    const candidate = withoutProblems(loadPolicies([named], false));
    await using repository = await openRepository(values.repo ?? ".");
    const head = await repository.resolve(values.head ?? "HEAD");
    const present = await localPolicies(repository, head, {
      named: values.against === undefined ? [] : [values.against],
      ...{ simulate: false, repositoryId: null },
    });
    const commits = await listMainline(repository, head, { most, since });
    const tested = await backtested(commits, repository, {
      held: { present, candidate },
      terminal,
    });
    terminal.out(format === "json" ? jsonDocument(tested) : backtestText(tested.flips, tested));
    return EXIT.ok;
  },
};

/** What nobody waits for the end of. */
const MAX_COMMITS = 100_000;

function dateOf(since: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(since) && !Number.isNaN(Date.parse(since))) return since;
  throw new UsageError(`--since ${since} is no date`, "write it as 2026-01-31");
}

interface Tested {
  readonly commits: number;
  readonly untold: number;
  readonly flips: readonly CommitFlip[];
}

async function backtested(
  commits: readonly MainlineCommit[],
  repository: Repository,
  { held, terminal }: { readonly held: Held; readonly terminal: Terminal },
): Promise<Tested> {
  const flips: CommitFlip[] = [];
  let untold = 0;
  using progress = openProgress(terminal, { total: commits.length, what: "commits" });
  for (const commit of commits) {
    const flip = await flipOf(commit, repository, held);
    if (flip === "untold") untold += 1;
    else if (flip !== "same") flips.push(flip);
    progress.advance();
  }
  return { commits: commits.length, untold, flips };
}

/** What both say of a commit that came in. */
async function flipOf(
  { commit, parents, date }: MainlineCommit,
  repository: Repository,
  held: Held,
): Promise<CommitFlip | "same" | "untold"> {
  const range = { base: parents[0] ?? repository.emptyTree, head: commit };
  const action = localAction(
    { ...range, baseBranch: null, headBranch: null },
    { name: "policy backtest", repositoryId: null, at: new Date(date) },
  );
  const policies = [...held.present.policies, ...held.candidate.policies];
  const evidence = await localEvidence(openChangeSource({ repository }), action, policies);
  const flip = compareOn(evidence, held);
  return typeof flip === "string" ? flip : { commit, date, ...flip };
}
