import { createHash } from "node:crypto";
import * as core from "@actions/core";
import { isNotAllowed } from "../github/client.ts";
import { keepComment } from "../github/sticky-comment.ts";
import { isRefusal } from "../maestro/refusal.ts";
import { terminalText } from "../report/escape/terminal.ts";
import { cutText } from "../report/fit.ts";
import type { StepRun } from "../report/step-summary.ts";
import { commentMarker, verdictComment } from "../report/verdict-comment.ts";
import type { Judgement } from "../rules/evidence.ts";
import { troubleOfApi } from "./api-trouble.ts";
import { ActionError } from "./errors.ts";
import type { Inputs } from "./inputs.ts";
import { repositoryUrl, type Runner } from "./runner.ts";

const MAX_CAUSE_BYTES = 300;

/**
 * Keeps the verdict as a comment on the pull request that the run is about.
 *
 * A verdict does not depend on it: where it cannot be written the log has a warning, no more.
 */
export async function comment(
  judgement: Judgement,
  run: StepRun,
  { runner, inputs }: { runner: Runner; inputs: Inputs },
): Promise<void> {
  const { number } = judgement.facts.action;
  if (number === null) {
    core.info("No comment is written: this run is about no pull request.");
    return;
  }
  try {
    if (inputs.token === null) throw withoutToken();
    const { openApi } = await import("./api.ts");
    const gate = gateOf(runner, inputs);
    const kept = await keepComment(openApi(inputs.token), {
      repository: runner.repository,
      pull: number,
      head: judgement.facts.change.head,
      marker: commentMarker(gate),
      body: verdictComment(judgement, {
        ...run,
        gate,
        job: runner.job,
        runUrl: `${repositoryUrl(runner)}/actions/runs/${runner.runId}`,
      }),
    });
    if (kept === "overtaken") {
      core.info("No comment is written: the pull request has another head than was judged.");
    }
  } catch (error) {
    core.warning(whyNot(error), { title: "bailiff: no comment" });
  }
}

/** The same in every run of one step, and another's for every other step on the pull request. */
function gateOf({ workflowRef, job, step }: Runner, { policies }: Inputs): string {
  const [workflow] = workflowRef.split("@");
  const identity = JSON.stringify([workflow, job, step, policies]);
  return createHash("sha256").update(identity).digest("hex").slice(0, 16);
}

function withoutToken(): ActionError {
  const remedy = "Leave the input token as it is, or set comment to `off`.";
  return new ActionError("INPUT_INVALID", "the step has no token", remedy);
}

function whyNot(thrown: unknown): string {
  const error = troubleOfApi(thrown) ?? thrown;
  const cause = error instanceof Error ? error.message : "something was thrown that is no error";
  const told = terminalText(cutText(cause, MAX_CAUSE_BYTES)).replace(/\.$/, "");
  return `The verdict stands, but no comment tells it: ${told}. ${isNotAllowed(thrown) ? PERMIT : remedyOf(error)}`;
}

const PERMIT =
  "Give the job `pull-requests: write`; a run from a fork may never write, and is to have `comment` off.";

function remedyOf(error: unknown): string {
  return (isRefusal(error) ? error.remedy : undefined) ?? "Run this job again.";
}
