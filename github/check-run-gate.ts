import type { PlacedRecord } from "../ledger/record.ts";
import { type FailOn, isStopped } from "../maestro/enforcement.ts";
import type { Gate, Outcome, Trouble } from "../maestro/ports.ts";
import { annotationsOf } from "../report/annotations.ts";
import { troubleMarkdown } from "../report/trouble-markdown.ts";
import { type CheckRunText, verdictMarkdown } from "../report/verdict-markdown.ts";
import type { Judgement } from "../rules/evidence.ts";
import {
  type CheckRunId,
  type CheckRunTarget,
  concludeCheckRun,
  type Conclusion,
  createCheckRun,
  type OwnCheckRun,
  type OwnOutcome,
} from "./check-runs.ts";
import type { GitHubClient } from "./client.ts";
import { GitHubError } from "./errors.ts";
import { type JudgedTarget, readSameCommit, type SameCommit } from "./same-commit.ts";

/** Four requests' worth: what is over is counted in the check run's text. */
const MAX_ANNOTATIONS = 200;
/** Pull requests that a text names; more are counted. */
const MAX_NAMED = 20;

export interface CheckRunGateOptions {
  /** The one that stands on the commit already, if any. */
  readonly inProgress?: OwnCheckRun | null;
  readonly failOn?: FailOn;
}

/**
 * The gate of a pull request: the check run `bailiff` on its judged head.
 *
 * `begin` may be called again: there is one check run a gate, the one that is `inProgress` on the
 * commit already where there is one. A head that moved on does not
 * matter to the check run, which belongs to the commit that was judged; it is told as `stale`.
 * A base that changed does: against it the same commit is another change, which nobody judged yet.
 */
export function openCheckRunGate(
  client: GitHubClient,
  target: JudgedTarget,
  { inProgress = null, failOn = "deny" }: CheckRunGateOptions = {},
): Gate {
  let begun = inProgress === null ? null : Promise.resolve(inProgress);
  const conclude = async (conclusion: Conclusion) => {
    if (begun === null) throw notBegun();
    const { id } = await begun;
    await concludeCheckRun(client, { ...target, id }, conclusion);
  };
  const fail = async (trouble: Trouble) => {
    const conclusion = failureOf(trouble);
    // Left in progress, it would promise a verdict for as long as GitHub keeps it.
    await conclude(conclusion).catch(() => conclude(conclusion));
  };
  return {
    async begin() {
      begun ??= createCheckRun(client, target);
      await begun;
    },
    async conclude(judgement, record) {
      if (begun === null) throw notBegun();
      const own = isStopped(judgement, failOn) ? "blocked" : "allowed";
      try {
        const others = await readSameCommit(client, target, (await begun).appId);
        const retargeted = others.standing === "retargeted";
        await conclude(
          retargeted ? failureOf(RETARGETED) : conclusionOf({ judgement, record, own, others }),
        );
        return outcomeOf(own, others);
      } catch (error) {
        await fail(NOT_TOLD).catch(() => undefined);
        throw error;
      }
    },
    fail: (_action, trouble) => fail(trouble),
  };
}

/** Concludes a check run that was in progress on a commit which is not judged: its pull request went on. */
export async function concludeOvertaken(
  client: GitHubClient,
  run: CheckRunTarget & { readonly id: CheckRunId },
): Promise<void> {
  await concludeCheckRun(client, run, failureOf(OVERTAKEN));
}

const OVERTAKEN: Trouble = {
  message: "The pull request had another head, or was closed, before this commit was judged.",
  remedy: "Look at the check of its newest commit; where this is the newest, run this check again.",
};

const NOT_TOLD: Trouble = {
  message: "A verdict was reached, and GitHub did not take what was to be told of it.",
  remedy: "Run this check again; if it fails again, tell the people who run this Bailiff.",
};

const RETARGETED: Trouble = {
  message: "The base branch was changed while the change was judged against the one before.",
  remedy: "Wait a moment: it is judged again. If nothing follows, run this check again.",
};

function outcomeOf(own: OwnOutcome, { standing, notAllowed }: SameCommit): Outcome {
  if (standing !== "as-judged") return "stale";
  return notAllowed.length > 0 ? "blocked" : own;
}

function conclusionOf({
  judgement,
  record,
  own,
  others,
}: {
  judgement: Judgement;
  record: PlacedRecord | null;
  own: OwnOutcome;
  others: SameCommit;
}): Conclusion {
  const { annotations } = annotationsOf(judgement, { limit: MAX_ANNOTATIONS });
  const output = verdictMarkdown(judgement, record);
  const alone = { conclusion: own === "allowed" ? "success" : "failure", own, output } as const;
  if (own === "blocked" || others.notAllowed.length === 0) return { ...alone, annotations };
  return { ...alone, conclusion: "failure", output: waitingFor(others, output), annotations };
}

function waitingFor({ notAllowed }: SameCommit, { text }: CheckRunText): CheckRunText {
  const named = notAllowed.slice(0, MAX_NAMED).map((number) => `#${number}`);
  const more = notAllowed.length - named.length;
  const pulls = `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  return {
    title: `Waits for other pull requests of the same commit: ${pulls}`.slice(0, 255),
    summary: [
      "This pull request is allowed, but a required check belongs to the commit, and the same",
      `commit is not allowed in ${pulls}. Settle or close those, then run this check again.`,
    ].join("\n"),
    text,
  };
}

function failureOf(trouble: Trouble): Conclusion {
  return {
    conclusion: "failure",
    own: "blocked",
    output: troubleMarkdown(trouble),
    annotations: [],
  };
}

function notBegun(): GitHubError {
  return new GitHubError(
    "CHECK_NOT_BEGUN",
    "the check run was concluded before it was begun",
    "Run the check again.",
  );
}
