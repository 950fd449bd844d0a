import { hash } from "node:crypto";
import * as core from "@actions/core";
import { isNotAllowed } from "../github/client.ts";
import { keepComment } from "../github/sticky-comment.ts";
import type { StepRun } from "../report/step-summary.ts";
import { commentMarker, verdictComment } from "../report/verdict-comment.ts";
import type { Judgement } from "../rules/evidence.ts";
import { connect } from "./connect.ts";
import type { Inputs } from "./inputs.ts";
import { repositoryUrl, type Runner } from "./runner.ts";
import { verdictStands } from "./standing-verdict.ts";

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
    const client = await connect(inputs.token, "a comment is written with it");
    const gate = gateOf(runner, inputs);
    const kept = await keepComment(client, {
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
    const remedy = isNotAllowed(error) ? PERMIT : undefined;
    const title = "bailiff: no comment";
    core.warning(verdictStands("no comment tells it", error, remedy), { title });
  }
}

/** The same in every run of one step, and another's for every other step on the pull request. */
function gateOf({ workflowRef, job, step }: Runner, { policies }: Inputs): string {
  const [workflow] = workflowRef.split("@");
  const identity = JSON.stringify([workflow, job, step, policies]);
  return hash("sha256", identity, "hex").slice(0, 16);
}

const PERMIT =
  "Give the job `pull-requests: write`; a run from a fork may never write, and is to have `comment` off.";
