import * as z from "zod";
import type { GitHubClient } from "../github/client.ts";
import { listOpenPulls } from "../github/open-pulls.ts";
import { type PullDescription, pullRequestAction } from "../github/pull-request.ts";
import type { JudgedTarget } from "../github/same-commit.ts";
import type { GovernedAction } from "../maestro/ports.ts";
import { ActionError } from "./errors.ts";
import { commit, hostOf, parsed } from "./event.ts";
import type { Runner } from "./runner.ts";

/** A pull request as it was listed, and where its check is posted. */
export interface ProposedPull {
  readonly action: GovernedAction;
  readonly target: JudgedTarget;
}

const runPayload = z.object({
  workflow_run: z.object({ event: z.string(), head_sha: commit }),
});

/**
 * The open pull requests whose head is the commit that the followed run was about, as places for
 * their checks. Nothing else of that run is believed: of a fork's it is what the fork made of it.
 *
 * Throws NO_CHANGE where there is none.
 */
export async function pullsBehindRun(
  client: GitHubClient,
  runner: Runner,
  at: Date,
): Promise<readonly [ProposedPull, ...ProposedPull[]]> {
  const { workflow_run: run } = parsed(runPayload, runner);
  const open = await listOpenPulls(client, runner.repository);
  const [first, ...others] = open
    .filter(({ head }) => head.sha === run.head_sha)
    .map((pull) => proposed(pull, { runner, at }));
  if (first !== undefined) return [first, ...others];
  throw new ActionError(
    "NO_CHANGE",
    `No open pull request has the head ${run.head_sha} of the run on ${JSON.stringify(run.event)} that this one follows.`,
    "Where it was closed or pushed to, nothing is to be done: its newest commit has a run of its own.",
  );
}

function proposed(
  pull: PullDescription,
  { runner, at }: { readonly runner: Runner; readonly at: Date },
): ProposedPull {
  const target = {
    ...{ repository: runner.repository, head: pull.head.sha, pull: pull.number },
    ...{ host: "action" as const, baseBranch: pull.base.ref },
  };
  return {
    target,
    action: pullRequestAction(pull, { at, host: hostOf(runner), origin: "action" }),
  };
}
