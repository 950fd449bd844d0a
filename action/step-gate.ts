import { mkdtemp, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import * as core from "@actions/core";
import type { PlacedRecord } from "../ledger/record.ts";
import { isStopped } from "../maestro/enforcement.ts";
import type { Gate, Trouble } from "../maestro/ports.ts";
import { type Annotation, type AnnotationLevel, annotationsOf } from "../report/annotations.ts";
import { troubleLine, troubleMarkdown } from "../report/trouble-markdown.ts";
import { verdictJson } from "../report/verdict-json.ts";
import { stepSummary, stepTitle } from "../report/step-summary.ts";
import type { Judgement } from "../rules/evidence.ts";
import { comment } from "./comment.ts";
import type { Inputs } from "./inputs.ts";
import { repositoryUrl, type Runner, workflowOwner } from "./runner.ts";
import { writeSummary } from "./summary.ts";

/** The runner shows as many annotations of a level a step. */
const MAX_SHOWN = 10;

/**
 * The gate of a step: it annotates, says all in the job's summary, and fails the step.
 * `unrecorded` says why, where there is no record. Of what the runner shows of a step it takes
 * one of `parts`: at most ten verdicts share it.
 */
export function openStepGate(
  runner: Runner,
  inputs: Inputs,
  { unrecorded, parts = 1 }: { readonly unrecorded: string; readonly parts?: number },
): Gate {
  return {
    begin: () => Promise.resolve(),
    async conclude(judgement, record) {
      const { failOn } = inputs;
      const fails = isStopped(judgement, failOn);
      const run = {
        recorded: record ?? { unrecorded },
        repositoryUrl: repositoryUrl(runner),
        ...{ failOn, fails },
        ownWorkflow: isOwnWorkflow(runner),
      };
      await writeOutputs({ judgement, record }, runner, inputs);
      annotate(judgement, Math.floor(MAX_SHOWN / parts), placesBesides(judgement, inputs, fails));
      await writeSummary(stepSummary(judgement, run, parts));
      if (inputs.comment) await comment(judgement, run, { runner, inputs });
      if (!fails) return "allowed";
      core.setFailed(stepTitle(judgement, fails));
      return "blocked";
    },
    // Whoever called tells what went wrong, once.
    fail: () => Promise.resolve(),
  };
}

/** Events on which the workflow's file is read from what is judged. */
const FROM_CHANGE: readonly string[] = ["pull_request", "pull_request_review", "merge_group"];

/** Whether the running workflow may be the pull request's own: a required one is another repository's. */
function isOwnWorkflow(runner: Runner): boolean {
  return FROM_CHANGE.includes(runner.event) && workflowOwner(runner) !== "another repository";
}

/** Ends the step without a verdict, which passes nothing. */
export async function failStep(trouble: Trouble): Promise<void> {
  const { title, summary, text } = troubleMarkdown(trouble);
  await writeSummary(`## Bailiff: ${title}\n\n${summary}\n\n${text}`);
  core.setFailed(troubleLine(trouble));
}

async function writeOutputs(
  { judgement, record }: { judgement: Judgement; record: PlacedRecord | null },
  { temp, workspace }: Runner,
  inputs: Inputs,
): Promise<void> {
  // Another step of the job has a verdict of its own.
  const verdict = join(await mkdtemp(join(temp, "bailiff-")), "verdict.json");
  await writeFile(verdict, verdictJson(judgement, record));
  core.setOutput("decision", judgement.verdict.decision);
  core.setOutput("policy-ids", judgement.verdict.policyIds.join(","));
  core.setOutput("verdict", verdict);
  core.setOutput("sarif", inputs.sarif === null ? "" : resolve(workspace, inputs.sarif));
  core.setOutput("record", record?.index ?? "");
  core.setOutput("pin", record?.pin ?? "");
}

const SAY = { failure: core.error, warning: core.warning, notice: core.notice } as const;

type Places = Readonly<Record<AnnotationLevel, number>>;

/** How many places of a level may be taken by what is said besides annotations. */
function placesBesides({ facts }: Judgement, { run, comment }: Inputs, fails: boolean): Places {
  const { action, reviews } = facts;
  const failures = fails ? [true, run !== null] : [];
  const warnings = [comment, action.number !== null && reviews === null];
  const count = (said: readonly boolean[]): number => said.filter(Boolean).length;
  return { failure: count(failures), warning: count(warnings), notice: 0 };
}

function annotate(judgement: Judgement, places: number, reserved: Places): void {
  const { annotations } = annotationsOf(judgement, { limit: Infinity });
  const byLevel = Map.groupBy(annotations, ({ annotation_level: level }) => level);
  for (const [level, all] of byLevel) {
    const free = places - reserved[level];
    if (free < 1) continue;
    // The last place of a level says how many there was no room for.
    const shown = all.length > free ? all.slice(0, free - 1) : all;
    for (const annotation of shown) say(annotation);
    const more = all.length - shown.length;
    if (more > 0) SAY[level](`${more} more are in the summary of this job.`, { title: "bailiff" });
  }
}

function say({ annotation_level: level, message, title, ...place }: Annotation): void {
  SAY[level](message, {
    title,
    file: place.path,
    startLine: place.start_line,
    endLine: place.end_line,
  });
}
