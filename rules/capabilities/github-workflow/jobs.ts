import { compareBytes } from "../../change/path-order.ts";
import type { Capability } from "../capability.ts";
import { contentDigest } from "../holder-content.ts";
import { conditionsOf } from "../github-expression/conditions.ts";
import { onceForEach } from "../once-for-each.ts";
import { printable } from "../printable.ts";
import type { Way } from "../reach.ts";
import { entryOf, type DataNode } from "../data/data-node.ts";

import { brakesOf } from "./job-brakes.ts";
import { isPrivileged } from "./triggers.ts";
import type { Job, Workflow } from "./workflow.ts";

/** A job as the holder of capabilities. */
export interface JobHolder extends Pick<
  Capability,
  "holder" | "context" | "reach" | "holderContent"
> {
  readonly job: Job;
}

/**
 * The jobs of a workflow as holders.
 *
 * `context`: the sorted events, then what else stands between them and the job
 * (`on push; environment prod; if guarded; calls octo/ci/.github/workflows/x.yml@v1`).
 * `reach`: each event that outsiders cause, with the job's `if` and what stops it by failing, and `run` with the environment
 * whose reviewers and branches are certain to stand before the job: an expression may come out
 * empty, and another environment has other reviewers, a new one none. An `if` counts before outsiders
 * alone: whoever may push may edit the steps as well.
 */
export const holdersOf = onceForEach(findHolders);

function findHolders(workflow: Workflow): readonly JobHolder[] {
  const events = workflow.triggers.map((trigger) => trigger.name).sort(compareBytes);
  return workflow.jobs.map((job) => {
    const environment = environmentOf(job);
    return {
      job,
      holder: `jobs.${job.id}`,
      context: [`on ${events.join(", ")}`, ...guardsOf(job, environment)].join("; "),
      reach: [runOf(job, environment), ...outsidersWays(workflow, job)],
      holderContent: job.content,
    };
  });
}

function runOf(job: Job, environment: string): Way {
  return {
    cause: "run",
    conditions: isCertain(environment) ? [`environment ${contentDigest(environment)}`] : [],
    line: job.line,
    guardLine: entryOf(job.body, "environment")?.key.line ?? job.line,
  };
}

function outsidersWays(workflow: Workflow, job: Job): Way[] {
  const condition = entryOf(job.body, "if");
  const guardLine = condition?.key.line ?? job.line;
  const privileged = workflow.triggers.filter(({ name }) => isPrivileged(name));
  if (privileged.length === 0) return [];
  const around = {
    conditions: conditionsOf(condition),
    guardLine,
    brakes: brakesOf(workflow, job),
  };
  return privileged
    .sort((left, right) => compareBytes(left.name, right.name))
    .map(({ name, line }) => ({ cause: `trigger:${name}`, line, ...around }));
}

function guardsOf({ body }: Job, environment: string): string[] {
  const calls = textOf(entryOf(body, "uses")?.value);
  return [
    environment && `environment ${printable(environment)}`,
    textOf(entryOf(body, "if")?.value) && "if guarded",
    calls && `calls ${printable(calls)}`,
  ].filter((guard) => guard !== "");
}

// `environment: prod` or `environment: {name: prod, url: …}`
function environmentOf({ body }: Job): string {
  const environment = entryOf(body, "environment")?.value;
  return environment?.type === "map"
    ? textOf(entryOf(environment, "name")?.value)
    : textOf(environment);
}

function isCertain(environment: string): boolean {
  return environment !== "" && !environment.includes("${{");
}

function textOf(node: DataNode | undefined): string {
  return node?.type === "scalar" ? node.text.trim() : "";
}
