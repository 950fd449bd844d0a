import * as core from "@actions/core";
import { troubleOf } from "../maestro/govern.ts";
import { isRefusal } from "../maestro/refusal.ts";
import { terminalText } from "../report/escape/terminal.ts";
import { troubleOfApi } from "./api-trouble.ts";
import { readInputs } from "./inputs.ts";
import { readRunner } from "./runner.ts";
import { runStep } from "./run-step.ts";
import { failStep } from "./step-gate.ts";

/** The step that `action.yml` starts. */
try {
  const runner = await readRunner(process.env);
  for (const name of ["token", "signing-key"]) mask(core.getInput(name));
  const inputs = readInputs(core.getInput);
  await runStep({ runner, inputs, env: process.env, now: () => new Date() });
} catch (thrown) {
  const error = troubleOfApi(thrown) ?? thrown;
  // Of a defect of ours the log tells where it is.
  if (!isRefusal(error) && error instanceof Error)
    core.info(logLines(error.stack ?? error.message));
  await failStep(troubleOf(error));
}

function logLines(text: string): string {
  return text.split("\n").map(terminalText).join("\n");
}

/** The runner knows what is secret line by line. */
function mask(text: string): void {
  for (const line of text.split("\n").map((each) => each.trim())) if (line) core.setSecret(line);
}
