import type { StepScope } from "../github-step/scope.ts";
import { entriesOf, openEntriesOf, stepsOf } from "../github-step/step.ts";
import { entryOf, type YamlEntry } from "../yaml-node.ts";
import { holdersOf } from "./jobs.ts";
import type { Trigger, Workflow } from "./workflow.ts";

/** The jobs of a workflow as what its steps stand in. Throws `NotUnderstood` as `stepsOf` does. */
export function stepScopesOf(workflow: Workflow): StepScope[] {
  const events = workflow.triggers.map(({ name }) => name.toLowerCase());
  const shared = openEntriesOf(workflow.root, "env");
  const inputs = workflow.triggers.flatMap(inputsOf);
  return holdersOf(workflow).map(({ job, ...holder }) => {
    const calls = entryOf(job.body, "uses")?.value;
    return {
      ...holder,
      id: job.id,
      body: job.body,
      steps: stepsOf(job.body),
      env: [shared, openEntriesOf(job.body, "env")],
      inputs,
      calls: calls?.type === "scalar" ? calls : null,
      events,
    };
  });
}

// `workflow_call: {inputs: {title: {type: string, default: …}}}`; no other event's defaults are
// expressions.
function inputsOf({ name, filters }: Trigger): readonly YamlEntry[] {
  const isCall = name.toLowerCase() === "workflow_call" && filters?.type === "map";
  return isCall ? entriesOf(filters, "inputs") : [];
}
