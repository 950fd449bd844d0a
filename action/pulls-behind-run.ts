import * as z from "zod";
import type { GitHubClient } from "../github/client.ts";
import { listOpenPulls } from "../github/open-pulls.ts";
import { type PullRequest, pullRequestAction, readPullRequest } from "../github/pull-request.ts";
import type { JudgedTarget } from "../github/same-commit.ts";
import { ActionError } from "./errors.ts";
import { type EventChange, hostOf, parsed } from "./event.ts";
import type { Runner } from "./runner.ts";

/** A pull request that a run was about which this one follows, and where its check is posted. */
export interface PullBehindRun {
  readonly change: EventChange;
  readonly target: JudgedTarget;
}

const runPayload = z.object({
  workflow_run: z.object({ event: z.string(), head_sha: z.string().regex(/^[0-9a-f]{40}$/) }),
});

/**
 * The open pull requests whose head is the commit that the followed run was about, as GitHub has
 * them now. Nothing else of that run is believed: of a fork's it is what the fork made of it.
 *
 * Throws NO_CHANGE where there is none.
 */
export async function pullsBehindRun(
  client: GitHubClient,
  runner: Runner,
  at: Date,
): Promise<readonly PullBehindRun[]> {
  const { workflow_run: run } = parsed(runPayload, runner);
  const { repository } = runner;
  const open = await listOpenPulls(client, repository);
  const numbers = open.filter(({ head }) => head.sha === run.head_sha).map(({ number }) => number);
  const pulls = await Promise.all(
    numbers.map((number) => readPullRequest(client, repository, number)),
  );
  const standing = pulls.filter(({ open, head }) => open && head.commit === run.head_sha);
  if (standing.length === 0) throw overtaken(run);
  return standing.map((pull) => behind(pull, runner, at));
}

function behind(pull: PullRequest, runner: Runner, at: Date): PullBehindRun {
  const host = hostOf(runner);
  const { range, ...action } = pullRequestAction(pull.data, { at, host, origin: "action" });
  return {
    // The branch as it is now: GitHub tells where it was when the head was pushed.
    change: {
      action,
      range: { ...range, base: pull.base.branch },
      defaultBranch: pull.defaultBranch,
    },
    target: {
      repository: pull.repository,
      head: pull.head.commit,
      pull: pull.number,
      host: "action",
      baseBranch: pull.base.branch,
    },
  };
}

function overtaken(run: { readonly event: string; readonly head_sha: string }): ActionError {
  return new ActionError(
    "NO_CHANGE",
    `No open pull request has the head ${run.head_sha} of the run on ${JSON.stringify(run.event)} that this one follows.`,
    "Where it was closed or pushed to, nothing is to be done: its newest commit has a run of its own.",
  );
}
