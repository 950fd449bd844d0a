import * as core from "@actions/core";
import { openRepository } from "../git/repository.ts";
import { openWorkTree } from "../git/work-tree.ts";
import type { Ledger } from "../ledger/record.ts";
import { commandEnvironment } from "../maestro/command/command-environment.ts";
import { type CommandGate, openCommandGate } from "../maestro/command/command-gate.ts";
import type { Execution } from "../maestro/command/execution.ts";
import { governedCommand } from "../maestro/command/governed-command.ts";
import { type FailOn, isStopped, isStricter } from "../maestro/enforcement.ts";
import type { Gate } from "../maestro/ports.ts";
import { terminalText } from "../report/escape/terminal.ts";
import { executionMarkdown, executionTitle } from "../report/execution-markdown.ts";
import type { Judgement } from "../rules/evidence.ts";
import { ActionError } from "./errors.ts";
import type { Environment } from "./runner.ts";
import type { Step } from "./step.ts";
import { writeSummary } from "./summary.ts";

/** The shell of `run:` steps that name `bash`. */
const SHELL = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"];

/**
 * The gate of a step's command, which runs in the workspace, with what a `run:` step would have of
 * the environment.
 */
export async function openStepCommand(
  { runner: { workspace }, inputs, env, now }: Step,
  { script, ledger }: { readonly script: string; readonly ledger: Ledger | null },
  stack: AsyncDisposableStack,
): Promise<CommandGate> {
  const repository = stack.use(await openRepository(workspace).catch(refuseAbsent));
  if (repository.location.workTree === null) refuseAbsent();
  const key = inputs.secret === "" ? null : { pem: inputs.secret, path: null };
  const kept = await commandEnvironment(withoutOurs(env), key);
  const place = { folder: workspace, env: kept, ownGroup: true };
  const command = stack.use(governedCommand([...SHELL, script], place));
  return openCommandGate({
    ...{ command, ledger, now },
    workTree: openWorkTree(repository),
    allowDirty: false,
    judged: () => undefined,
  });
}

/** A command behind its own gate, in a step that judged its event before. */
export interface BehindEvent {
  readonly step: Gate;
  readonly command: CommandGate;
  /** What the event came to, which stopped nothing. */
  readonly event: Judgement;
  readonly failOn: FailOn;
}

/** The gate of a command whose event is allowed: what fails the step does not start it. */
export function gateCommand({ step, command, event, failOn }: BehindEvent): Gate {
  return {
    begin: (action) => command.begin(action),
    async conclude(judgement, record) {
      if (isStricter(judgement, event)) await step.conclude(judgement, record);
      // A denial goes on: that it blocked the command is put on the record.
      if (isStopped(judgement, failOn) && !isStopped(judgement)) {
        await tellNotStarted(judgement);
        return "blocked";
      }
      const came = await command.conclude(judgement, record);
      for (const execution of command.executions) await tell(execution);
      return came;
    },
    fail: (action, trouble) => step.fail(action, trouble),
  };
}

/** Fails the step for a judgement that stops its command, which no gate of its own told. */
export async function tellNotStarted(judgement: Judgement): Promise<void> {
  const cause = isStopped(judgement) ? "the change is denied" : "fail-on is warn";
  const title = `The command was not started: ${cause}`;
  await writeSummary(`### ${title}`);
  core.setFailed(title);
}

async function tell(execution: Execution): Promise<void> {
  await writeSummary(executionMarkdown(execution));
  const title = terminalText(executionTitle(execution));
  if (execution.exitCode === 0) core.info(title);
  else core.setFailed(title);
}

/** Inputs, the files that a step hands values on with, and what runners give to actions alone. */
const OURS = /^(?:INPUT_|GITHUB_OUTPUT$|GITHUB_STATE$|ACTIONS_(?:RUNTIME|RESULTS|CACHE)_)/;

function withoutOurs(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !OURS.test(name)));
}

function refuseAbsent(cause?: unknown): never {
  throw new ActionError(
    "INPUT_INVALID",
    "The input run needs the judged commit checked out, and the workspace is no work tree.",
    "Put actions/checkout before this step.",
    { cause },
  );
}
