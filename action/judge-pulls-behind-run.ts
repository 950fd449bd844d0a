import * as core from "@actions/core";
import { openCheckRunGate } from "../github/check-run-gate.ts";
import { isJudgedByApp } from "../github/check-run-list.ts";
import type { GitHubClient } from "../github/client.ts";
import { type PullRequest, readPullRequest } from "../github/pull-request.ts";
import type { JudgedTarget } from "../github/same-commit.ts";
import { isStopped, isStricter } from "../maestro/enforcement.ts";
import { type Governed, troubleOf } from "../maestro/govern.ts";
import type { Gate, Outcome } from "../maestro/ports.ts";
import { troubleOfApi } from "./api-trouble.ts";
import { connect } from "./connect.ts";
import { ActionError } from "./errors.ts";
import { type EventChange, pullChange } from "./event.ts";
import { judgeChange } from "./judge-change.ts";
import { openServerObjects, type Objects } from "./objects.ts";
import { BESIDE_APP, openStepLedger, type StepLedger } from "./open-ledger.ts";
import { type ProposedPull, pullsBehindRun } from "./pulls-behind-run.ts";
import { writeSarif } from "./sarif-file.ts";
import type { Step } from "./step.ts";
import { openStepGate } from "./step-gate.ts";

/** Anybody may propose somebody's commit again: more than these are refused together. */
const MAX_PULLS_OF_A_COMMIT = 10;

/**
 * Judges the pull requests that the followed run was about, each by itself, and posts their checks.
 *
 * Of the workspace nothing is read: a step before this one may have put there what a fork made.
 */
export async function judgePullsBehindRun(step: Step, stack: AsyncDisposableStack): Promise<void> {
  const { runner, inputs } = step;
  const client = await connect(inputs.token, "behind another run the pull request is asked for");
  const pulls = await pullsBehindRun(client, runner, step.now());
  const isApps = await isJudgedByApp(client, pulls[0].target);
  const openGate = ({ target }: ProposedPull): Gate =>
    isApps ? NO_CHECK : openCheckRunGate(client, target, inputs);
  if (pulls.length > MAX_PULLS_OF_A_COMMIT) await refuseTooMany(pulls, openGate(pulls[0]));
  const objects = stack.use(openServerObjects(runner, inputs.token));
  const judged: JudgedPull[] = [];
  for (const pull of pulls) {
    const gate = openGate(pull);
    judged.push(await judgePull(pull, { step, client, objects, stack, gate, isApps }));
  }
  await tell(judged, step);
}

interface JudgedPull {
  readonly gate: Gate;
  readonly governed: Governed;
  readonly unrecorded: string;
}

interface Reached {
  readonly step: Step;
  readonly client: GitHubClient;
  readonly objects: Objects;
  readonly stack: AsyncDisposableStack;
  readonly gate: Gate;
  readonly isApps: boolean;
}

/** The check is in progress before the pull request is read: what changes later has a later check. */
async function judgePull(proposed: ProposedPull, reached: Reached): Promise<JudgedPull> {
  const { step, objects, gate } = reached;
  const { action } = proposed;
  await gate.begin(action);
  const { change, ledger } = await readNow(proposed, reached).catch(async (error: unknown) => {
    await gate.fail(action, troubleOf(troubleOfApi(error) ?? error)).catch(() => undefined);
    throw error;
  });
  const governed = await judgeChange(change, { step, objects, ledger: ledger.open, gate });
  return { gate, governed, unrecorded: ledger.unrecorded };
}

/** What the pull request asks for now, and where that is recorded. */
async function readNow({ target }: ProposedPull, reached: Reached) {
  const pull = await readPullRequest(reached.client, target.repository, target.pull);
  refuseChanged(pull, target);
  const change = await changeNow(pull, reached);
  return { change, ledger: await ledgerOf(change, reached) };
}

/** Against the base branch as it is: GitHub tells where it was when the head was pushed. */
async function changeNow(
  pull: PullRequest,
  { step: { runner, now }, objects }: Reached,
): Promise<EventChange> {
  const change = pullChange(pull.data, runner, now());
  const base = await objects.tipOf(pull.base.branch);
  return { ...change, range: { ...change.range, base } };
}

function ledgerOf(change: EventChange, { step, stack, isApps }: Reached): Promise<StepLedger> {
  if (isApps) return Promise.resolve(BESIDE_APP);
  return openStepLedger(step.runner, step.inputs, change.defaultBranch, stack);
}

/** Where the App posts the check, this run only says what it found. */
const NO_CHECK: Gate = {
  begin: () => Promise.resolve(),
  conclude: () => Promise.resolve("allowed"),
  fail: () => Promise.resolve(),
};

async function tell(judged: readonly JudgedPull[], step: Step): Promise<void> {
  const { runner, inputs } = step;
  const parts = judged.length;
  // Of outputs that are set twice the last ones hold.
  const sorted = judged.toSorted(weakestFirst);
  for (const { gate, governed, unrecorded } of sorted) {
    const { judgement, record } = governed;
    const outcome = await settledOutcome(gate, governed, inputs);
    const stepGate = openStepGate(runner, inputs, { unrecorded, parts });
    const told = await stepGate.conclude(judgement, record);
    if (told === "allowed" && outcome !== "allowed") core.setFailed(NOT_GREEN);
  }
  const last = sorted.at(-1);
  if (last !== undefined) await writeSarif(last.governed.judgement, step);
}

const NOT_GREEN = "The change is allowed, but its check does not pass: the check says why.";

/** A check that waited for another pull request of its commit is concluded again, now that all are judged. */
async function settledOutcome(
  gate: Gate,
  { judgement, record, outcome }: Governed,
  { failOn }: Step["inputs"],
): Promise<Outcome> {
  const waited = outcome === "blocked" && !isStopped(judgement, failOn);
  return waited ? gate.conclude(judgement, record) : outcome;
}

function weakestFirst({ governed: one }: JudgedPull, { governed: other }: JudgedPull): number {
  const [a, b] = [one.judgement, other.judgement];
  return Number(isStricter(a, b)) - Number(isStricter(b, a));
}

function refuseChanged(pull: PullRequest, target: JudgedTarget): void {
  const { open, head, base } = pull;
  if (open && head.commit === target.head && base.branch === target.baseBranch) return;
  throw new ActionError(
    "NO_CHANGE",
    `The pull request #${target.pull} was closed, pushed to or given another base meanwhile.`,
    "Nothing is to be done where a run of its own follows; run this job again where none does.",
  );
}

/** The check fails, and does not stay as it was: the newest of them may be another change. */
async function refuseTooMany(
  pulls: readonly [ProposedPull, ...ProposedPull[]],
  gate: Gate,
): Promise<never> {
  const error = new ActionError(
    "NO_CHANGE",
    `${pulls.length} open pull requests have this commit as their head, and at most ${MAX_PULLS_OF_A_COMMIT} are judged.`,
    "Close those that nobody needs, or push a commit of its own.",
  );
  const [{ action }] = pulls;
  await gate.begin(action);
  await gate.fail(action, error);
  throw error;
}
