import { readPullRequest } from "../github/pull-request.ts";
import { connect } from "./connect.ts";
import { ActionError } from "./errors.ts";
import { type EventChange, pullChange } from "./event.ts";
import type { Step } from "./step.ts";

/**
 * A pull request's change, as GitHub has it now: a run that is started again brings the payload of its
 * first time, and the pull request may have another base, title or author's words since.
 *
 * Throws NO_CHANGE where its head is another, INPUT_INVALID without a token.
 */
export async function pullAsItIs(
  { runner, inputs: { token }, now }: Step,
  { action, range }: EventChange,
): Promise<EventChange> {
  const why = "a run that is started again asks what its pull request is now";
  const pull = await readPullRequest(
    await connect(token, why),
    runner.repository,
    action.facts.number ?? 0,
  );
  if (pull.open && pull.head.commit === range.head) return pullChange(pull.data, runner, now());
  throw new ActionError(
    "NO_CHANGE",
    `The pull request was closed or pushed to since this run's event, which was about ${range.head}.`,
    "Look at the run of its newest commit.",
  );
}
