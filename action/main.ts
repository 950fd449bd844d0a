import * as core from "@actions/core";
import { troubleOf } from "../maestro/govern.ts";
import { isRefusal } from "../maestro/refusal.ts";
import { readInputs } from "./inputs.ts";
import { judgeEvent } from "./judge-event.ts";
import { readRunner } from "./runner.ts";
import { failStep, openStepGate } from "./step-gate.ts";

/** The step that `action.yml` starts. */
try {
  const runner = await readRunner(process.env);
  const inputs = readInputs(core.getInput);
  if (inputs.token !== null) core.setSecret(inputs.token);
  await judgeEvent(runner, inputs, { gate: openStepGate(runner, inputs), at: new Date() });
} catch (error) {
  // Of a defect of ours the log tells where it is.
  if (!isRefusal(error) && error instanceof Error) core.info(error.stack ?? error.message);
  await failStep(troubleOf(error));
}
