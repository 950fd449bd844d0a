import type { StepScope } from "../github-step/scope.ts";
import { openEntriesOf, stepsOf } from "../github-step/step.ts";
import { entryOf } from "../yaml-node.ts";
import { holdersOf } from "./jobs.ts";
import type { Workflow } from "./workflow.ts";

/** The jobs of a workflow as what its steps stand in. Throws `NotUnderstood` as `stepsOf` does. */
export function stepScopesOf(workflow: Workflow): StepScope[] {
  const events = workflow.triggers.map(({ name }) => name.toLowerCase());
  const shared = openEntriesOf(workflow.root, "env");
  return holdersOf(workflow).map(({ job, ...holder }) => {
    const calls = entryOf(job.body, "uses")?.value;
    return {
      ...holder,
      id: job.id,
      body: job.body,
      steps: stepsOf(job.body),
      env: [shared, openEntriesOf(job.body, "env")],
      calls: calls?.type === "scalar" ? calls : null,
      events,
    };
  });
}
