import { compareOn, type Held } from "../rules/backtest/compare.ts";
import { candidatePolicies, countedCandidate } from "../rules/candidate/replace.ts";
import type { CandidateBacktest, CandidateReview, CommitFlip } from "../rules/candidate/review.ts";
import { triedCandidate } from "../rules/candidate/tried.ts";
import type { Listing } from "../rules/change/listing.ts";
import type { Evidence } from "../rules/evidence.ts";
import { NOTHING_KNOWN } from "../rules/facts/unknown.ts";
import { wantedContents } from "../rules/judge.ts";
import { askedFacts } from "../rules/policy/facts-asked.ts";
import { NO_PULL_REQUEST } from "./no-pull-request.ts";
import type { PastChange, PastChanges, PastCommit } from "./past-changes.ts";
import type { ChangeSource } from "./ports.ts";
import { isRefusal } from "./refusal.ts";

/** How much of the past policies are tried on, and for how long new commits are begun, in milliseconds. */
export interface BacktestLimits {
  readonly commits: number;
  readonly timeMs: number;
}

const LIMITS: BacktestLimits = { commits: 50, timeMs: 20_000 };

/** How many commits' contents are fetched together. */
const WINDOW = 10;

/** Where the past is read from. `nowMs` is a clock that only goes on. */
export interface Past {
  readonly past: PastChanges;
  readonly change: Pick<ChangeSource, "read" | "commits">;
  readonly nowMs: () => number;
}

/**
 * Reviews the policies that a change brings, for whoever reads its check: null where it brings none.
 *
 * None of it decides, and nothing that goes wrong here fails a verdict: it is told in its place. The
 * past is judged for at most twenty seconds, the newest commits first.
 */
export async function reviewCandidate(
  evidence: Evidence,
  from: Past,
  limits: BacktestLimits = LIMITS,
): Promise<CandidateReview | null> {
  const tried = triedCandidate(evidence.listing, evidence.contents);
  if (tried === null) return null;
  const { policies: present } = evidence;
  const candidate = candidatePolicies(tried, present);
  const counted = countedCandidate(tried);
  if (candidate === null) return { ...counted, here: null, backtest: null };
  const held = { present, candidate };
  const backtest = await backtestOn(evidence, held, { from, limits });
  // What cannot be gathered is unknown, and the comparison then untold.
  const gathered = commitsOf(evidence.listing, held, from).catch(() => null);
  const commits = evidence.commits ?? (await gathered);
  return { ...counted, here: compareOn({ ...evidence, commits }, held), backtest };
}

/** The commits of a change; null where neither reads them. */
async function commitsOf(listing: Listing, { present, candidate }: Held, { change }: Past) {
  const asked = askedFacts([...present.policies, ...candidate.policies]);
  return asked.commits ? change.commits(listing) : null;
}

interface Trying {
  readonly from: Past;
  readonly limits: BacktestLimits;
}

type Found = { -readonly [Key in keyof CandidateBacktest]: CandidateBacktest[Key] } & {
  flips: CommitFlip[];
};

async function backtestOn(
  evidence: Evidence,
  held: Held,
  { from, limits }: Trying,
): Promise<CandidateBacktest> {
  const found: Found = { commits: 0, untold: 0, flips: [], ended: "whole" };
  const end = from.nowMs() + limits.timeMs;
  try {
    const commits = await from.past.commits(evidence.listing.base, limits.commits);
    for await (const past of windows(commits, from)) {
      if (from.nowMs() > end) return { ...found, ended: "time" };
      const commits = await commitsOf(past.listing, held, from);
      note(past, compareOn({ ...(await evidenceOf(past, evidence, from)), commits }, held), found);
    }
    return found;
  } catch (error) {
    return { ...found, ended: { failed: isRefusal(error) ? error.message : "a defect of ours" } };
  }
}

/** What the commits brought, one by one; of later ones nothing is fetched before they are asked for. */
async function* windows(
  commits: readonly PastCommit[],
  { past }: Past,
): AsyncGenerator<PastChange, void> {
  for (let start = 0; start < commits.length; start += WINDOW) {
    yield* await past.changes(commits.slice(start, start + WINDOW));
  }
}

function note(
  { commit, date }: PastChange,
  comparison: ReturnType<typeof compareOn>,
  found: Found,
): void {
  found.commits += 1;
  if (comparison === "untold") found.untold += 1;
  else if (comparison !== "same") found.flips.push({ commit, date, ...comparison });
}

/** Of a commit that came in nobody knows who had approved it. */
async function evidenceOf(
  { listing, date }: PastChange,
  { repository, action, origin }: Evidence,
  { change }: Past,
): Promise<Omit<Evidence, "policies">> {
  const { baseBranch } = action;
  const pushed = { kind: "push", name: null, actor: null, ...NO_PULL_REQUEST } as const;
  return {
    action: { ...pushed, baseBranch, headBranch: null, at: date },
    ...{ repository, external: NOTHING_KNOWN, listing, origin },
    contents: await change.read(listing, wantedContents(listing)),
  };
}
