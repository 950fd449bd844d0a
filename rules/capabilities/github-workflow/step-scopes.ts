import type { EnvLayer, StepScope } from "../github-step/scope.ts";
import { addedBy, entriesOf, openEntriesOf, stepsOf } from "../github-step/step.ts";
import { entryOf, type DataEntry, type DataMap } from "../data/data-node.ts";
import { holdersOf } from "./jobs.ts";
import { matrixOf } from "./matrix.ts";
import { isOpenJson, possibleValues } from "./possible-values.ts";
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
      containerEnv: containerEnvOf(job.body),
      inputs,
      calls: calls?.type === "scalar" ? calls : null,
      events,
    };
  });
}

// `container: {env: {…}}`, also by the matrix or out of JSON, of which only a run knows the names.
function containerEnvOf(job: DataMap): EnvLayer {
  const container = entryOf(job, "container")?.value;
  if (!container) return [];
  return possibleValues(container, matrixOf(job)).flatMap((value) => {
    if (value.type === "map") return openEntriesOf(value, "env");
    return isOpenJson(value) ? [addedBy(value, value)] : [];
  });
}

// `workflow_call: {inputs: {title: {type: string, default: …}}}`; no other event's defaults are
// expressions.
function inputsOf({ name, filters }: Trigger): readonly DataEntry[] {
  const isCall = name.toLowerCase() === "workflow_call" && filters?.type === "map";
  return isCall ? entriesOf(filters, "inputs") : [];
}
