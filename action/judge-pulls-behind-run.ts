import { openCheckRunGate } from "../github/check-run-gate.ts";
import { isJudgedByApp } from "../github/check-run-list.ts";
import type { GitHubClient } from "../github/client.ts";
import type { Governed } from "../maestro/govern.ts";
import type { Gate } from "../maestro/ports.ts";
import { ActionError } from "./errors.ts";
import { judgeChange } from "./judge-change.ts";
import { openServerObjects, type Objects } from "./objects.ts";
import { BESIDE_APP, openStepLedger } from "./open-ledger.ts";
import { type PullBehindRun, pullsBehindRun } from "./pulls-behind-run.ts";
import { writeSarif } from "./sarif-file.ts";
import type { Step } from "./step.ts";
import { openStepGate } from "./step-gate.ts";

/**
 * Judges the pull requests that the followed run was about, each by itself, and posts their checks.
 *
 * Of the workspace nothing is read: a step before this one may have put there what a fork made.
 */
export async function judgePullsBehindRun(step: Step, stack: AsyncDisposableStack): Promise<void> {
  const { runner, inputs, now } = step;
  const { openApi } = await import("./api.ts");
  const client = openApi(inputs.token ?? refuseWithoutToken());
  const pulls = await pullsBehindRun(client, runner, now());
  const objects = stack.use(openServerObjects(runner, inputs.token));
  const judged: Told[] = [];
  for (const pull of pulls) judged.push(await judgePull(pull, { step, client, objects, stack }));
  // Of outputs that are set twice the last ones hold.
  const told = judged.toSorted(weakestFirst);
  for (const [part, { governed, unrecorded }] of told.entries()) {
    const share = { part, parts: told.length };
    const gate = openStepGate(runner, inputs, { unrecorded, share });
    await gate.conclude(governed.judgement, governed.record);
  }
  const last = told.at(-1);
  if (last !== undefined) await writeSarif(last.governed.judgement, step);
}

interface Told {
  readonly governed: Governed;
  readonly unrecorded: string;
}

interface Reached {
  readonly step: Step;
  readonly client: GitHubClient;
  readonly objects: Objects;
  readonly stack: AsyncDisposableStack;
}

async function judgePull({ change, target }: PullBehindRun, reached: Reached): Promise<Told> {
  const { step, client, objects, stack } = reached;
  const isApps = await isJudgedByApp(client, target);
  const { open: ledger, unrecorded } = isApps
    ? BESIDE_APP
    : await openStepLedger(step.runner, step.inputs, change.defaultBranch, stack);
  const gate = isApps ? NO_CHECK : openCheckRunGate(client, target, step.inputs);
  const governed = await judgeChange(change, { step, objects, ledger, gate });
  return { governed, unrecorded };
}

/** Where the App posts the check, this run only says what it found. */
const NO_CHECK: Gate = {
  begin: () => Promise.resolve(),
  conclude: () => Promise.resolve("allowed"),
  fail: () => Promise.resolve(),
};

const RANK = { ALLOW: 0, WARN: 1, DENY: 2 } as const;

function weakestFirst(one: Told, other: Told): number {
  return rank(one) - rank(other);
}

function rank({ governed }: Told): number {
  return RANK[governed.judgement.verdict.decision];
}

function refuseWithoutToken(): never {
  throw new ActionError(
    "INPUT_INVALID",
    "The input token is empty, and behind another run the pull request is asked for.",
    "Leave the input out: it is the job's token by default.",
  );
}
