import { listMainline } from "../../git/recent-commits.ts";
import { openRepository, type Repository } from "../../git/repository.ts";
import { loadPolicies } from "../../rules/policy/load.ts";
import type { PolicySet } from "../../rules/policy/policy-set.ts";
import { POLICY_PATH } from "../../rules/policy/policy-source.ts";
import { backtestText, pullsText } from "../../report/backtest-text.ts";
import { jsonDocument } from "../../report/escape/json.ts";
import { backtestCommits } from "../backtest-commits.ts";
import { backtestPulls } from "../backtest-pulls.ts";
import type { Command } from "../command.ts";
import { localPolicies, namedSource, withoutProblems } from "../local-policies.ts";
import { choice, parseOptions, wholeNumber } from "../options.ts";
import { NOT_VERIFIED, readingLedger } from "../reading-ledger.ts";
import { EXIT, type Terminal, UsageError } from "../terminal.ts";

const FORMATS = ["text", "json"] as const;
const OPTIONS = {
  repo: { type: "string" },
  head: { type: "string" },
  against: { type: "string" },
  since: { type: "string" },
  commits: { type: "string" },
  ledger: { type: "boolean" },
  format: { type: "string" },
} as const;
const DEFAULT_COMMITS = 200;

/** `bailiff policy backtest`: what other policies would have said of what was merged, or proposed. */
export const policyBacktest: Command = {
  usage: `
bailiff policy backtest [FILE|PACK] [--against FILE|PACK] [--repo DIR] [--head REV] [--since DATE]
                        [--commits N] [--format text|json]
bailiff policy backtest [FILE|PACK] --ledger [--repo DIR] [--since DATE] [--format text|json]
  Judges what came into the first-parent history of HEAD, or REV (at most N commits, ${DEFAULT_COMMITS} without --since)
  by these policies (without one by ${POLICY_PATH} as it is here) and by those against which they are
  held (without one the repository's own there), and lists the verdicts that would flip. Approvals
  are unknown here and settle nothing. With --ledger: the pull requests that the repository's ledger
  has, each by what was known when it was judged last, against the verdict on the record.
  Exit: 0 whatever flips, 1 a ledger that cannot be read, 2 usage or invalid policy.`,

  async run(args, terminal) {
    const { values, words } = parseOptions("policy backtest", args, OPTIONS, { atMost: 1 });
    const asked = askedOf(values);
    const named = await namedSource(words[0] ?? POLICY_PATH, "policy backtest:");
    const candidate = withoutProblems(loadPolicies([named], false));
    await using repository = await openRepository(values.repo ?? ".");
    const run = { repository, candidate, asked, terminal };
    if (values.ledger !== true) return await overCommits(run);
    refuseWithLedger(values);
    return await readingLedger(terminal, () => overLedger(run));
  },
};

type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>["values"];

interface Run {
  readonly repository: Repository;
  readonly candidate: PolicySet;
  readonly asked: ReturnType<typeof askedOf>;
  readonly terminal: Terminal;
}

function askedOf(values: Values) {
  const since = values.since === undefined ? null : dateOf(values.since);
  return {
    ...{ since, head: values.head ?? "HEAD", against: values.against },
    format: choice("format", values.format ?? "text", FORMATS),
    most: wholeNumber("commits", values.commits) ?? (since ? MAX_COMMITS : DEFAULT_COMMITS),
  };
}

async function overCommits({ repository, candidate, asked, terminal }: Run): Promise<number> {
  const { most, since, against, format } = asked;
  const head = await repository.resolve(asked.head);
  const present = await localPolicies(repository, head, {
    ...{ named: against === undefined ? [] : [against], simulate: false, repositoryId: null },
  });
  const commits = await listMainline(repository, head, { most, since });
  const held = { present, candidate };
  const tested = await backtestCommits(commits, repository, { held, terminal });
  terminal.out(format === "json" ? jsonDocument(tested) : backtestText(tested.flips, tested));
  return EXIT.ok;
}

async function overLedger({ repository, candidate, asked, terminal }: Run): Promise<number> {
  const tested = await backtestPulls(repository, candidate, { since: asked.since, terminal });
  terminal.out(asked.format === "json" ? jsonDocument(tested) : pullsText(tested));
  if (asked.format === "text") terminal.say(NOT_VERIFIED);
  return EXIT.ok;
}

const NOT_WITH_LEDGER = ["against", "head", "commits"] as const;

/** What is recorded is all that there is: recorded verdicts, of recorded heads. */
function refuseWithLedger(values: Values): void {
  const given = NOT_WITH_LEDGER.find((name) => values[name] !== undefined);
  if (given === undefined) return;
  throw new UsageError(
    `policy backtest: --${given} says nothing with --ledger, whose own verdicts are held against`,
    `leave out --${given}, or --ledger`,
  );
}

/** What nobody waits for the end of. */
const MAX_COMMITS = 100_000;

function dateOf(since: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(since) && !Number.isNaN(Date.parse(since))) return since;
  throw new UsageError(`--since ${since} is no date`, "write it as 2026-01-31");
}
