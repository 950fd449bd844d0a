import { randomUUID } from "node:crypto";
import type { CommandGate } from "../maestro/command/command-gate.ts";
import { isStopped, isStricter } from "../maestro/enforcement.ts";
import type { Judgement } from "../rules/evidence.ts";
import { changeOf, type EventChange } from "./event.ts";
import { refuseUnfit } from "./inputs.ts";
import { judgeChange, type Judging } from "./judge-change.ts";
import { judgePullsBehindRun } from "./judge-pulls-behind-run.ts";
import { openObjects } from "./objects.ts";
import { openStepLedger } from "./open-ledger.ts";
import { pullAsItIs } from "./pull-as-it-is.ts";
import type { Runner } from "./runner.ts";
import { checkSarifPath, writeSarif } from "./sarif-file.ts";
import type { Step } from "./step.ts";
import { gateCommand, openStepCommand, tellNotStarted } from "./step-command.ts";
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
  // What is no number is no first attempt either.
  const isOld = runner.attempt !== 1 && told.action.facts.number !== null;
  const event = isOld ? await pullAsItIs(step, told) : told;
  const ledger = await openStepLedger(runner, inputs, event.defaultBranch, stack);
  const objects = stack.use(await openObjects(runner, inputs.token));
  const gate = openStepGate(runner, inputs, ledger);
  const judging = { step, objects, ledger: ledger.open, gate };
  const script = inputs.run;
  const command =
    script === null ? null : await openStepCommand(step, { script, ledger: ledger.open }, stack);
  const { judgement } = await judgeChange(event, judging);
  const strictest =
    command === null ? judgement : await judgeCommand(command, { event, judgement, judging });
  await writeSarif(strictest, step);
}

/** Judges the command of an event that is not stopped; gives the stricter judgement of the two. */
async function judgeCommand(
  command: CommandGate,
  { event, judgement, judging }: { event: EventChange; judgement: Judgement; judging: Judging },
): Promise<Judgement> {
  const { failOn } = judging.step.inputs;
  if (isStopped(judgement, failOn)) {
    await tellNotStarted(judgement);
    return judgement;
  }
  const gate = gateCommand({ step: judging.gate, command, event: judgement, failOn });
  const other = await judgeChange(asCommand(event, judging.step.runner), { ...judging, gate });
  return isStricter(other.judgement, judgement) ? other.judgement : judgement;
}

/** What a command acts on: the event's change, under the job's name, and each run for itself. */
function asCommand(event: EventChange, { job }: Runner): EventChange {
  const facts = { ...event.action.facts, kind: "command", name: job } as const;
  return { ...event, action: { ...event.action, facts, attempt: randomUUID() } };
}
