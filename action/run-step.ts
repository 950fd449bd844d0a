import { randomUUID } from "node:crypto";
import { isStopped } from "../maestro/enforcement.ts";
import { changeOf, type EventChange } from "./event.ts";
import { refuseUnfit } from "./inputs.ts";
import { judgeChange } from "./judge-change.ts";
import { judgePullsBehindRun } from "./judge-pulls-behind-run.ts";
import { openObjects } from "./objects.ts";
import { openStepLedger } from "./open-ledger.ts";
import { pullAsItIs } from "./pull-as-it-is.ts";
import type { Runner } from "./runner.ts";
import { checkSarifPath, writeSarif } from "./sarif-file.ts";
import type { Step } from "./step.ts";
import { gateCommand, isStricter, openStepCommand, tellNotStarted } from "./step-command.ts";
import { openStepGate } from "./step-gate.ts";

/** Judges what a step's event is about, and fails the step where that is stopped. */
export async function runStep(step: Step): Promise<void> {
  refuseUnfit(step.inputs, step.runner.event);
  await checkSarifPath(step);
  await using stack = new AsyncDisposableStack();
  if (step.runner.event === "workflow_run") await judgePullsBehindRun(step, stack);
  else await judgeEvent(step, stack);
}

async function judgeEvent(step: Step, stack: AsyncDisposableStack): Promise<void> {
  const { runner, inputs, now } = step;
  const told = changeOf(runner, now());
  const isOld = runner.attempt > 1 && told.action.facts.number !== null;
  const event = isOld ? await pullAsItIs(step, told) : told;
  const ledger = await openStepLedger(runner, inputs, event.defaultBranch, stack);
  const objects = stack.use(await openObjects(runner, inputs.token));
  const gate = openStepGate(runner, inputs, ledger);
  const command =
    inputs.run === null
      ? null
      : await openStepCommand(step, { script: inputs.run, ledger: ledger.open }, stack);
  const judging = { step, objects, ledger: ledger.open };
  const { judgement } = await judgeChange(event, { ...judging, gate });
  if (command === null || isStopped(judgement, inputs.failOn)) {
    if (command !== null) await tellNotStarted(judgement);
    await writeSarif(judgement, step);
    return;
  }
  const behind = gateCommand({ step: gate, command, event: judgement, failOn: inputs.failOn });
  const other = await judgeChange(asCommand(event, runner), { ...judging, gate: behind });
  await writeSarif(isStricter(other.judgement, judgement) ? other.judgement : judgement, step);
}

/** What a command acts on: the event's change, under the job's name, and each run for itself. */
function asCommand(event: EventChange, { job }: Runner): EventChange {
  const facts = { ...event.action.facts, kind: "command", name: job } as const;
  return { ...event, action: { ...event.action, facts, attempt: randomUUID() } };
}
