import type { Capability } from "../../../../rules/capabilities/capability.ts";
import type { StepScope } from "../../../../rules/capabilities/github-step/scope.ts";
import type { Step } from "../../../../rules/capabilities/github-step/step.ts";
import { type Script, scriptsOf } from "../../../../rules/capabilities/github-step/step-script.ts";
import { stepScopesOf } from "../../../../rules/capabilities/github-workflow/step-scopes.ts";
import { findWorkflow } from "../../../../rules/capabilities/github-workflow/workflow.ts";
import { parseYaml } from "../../../../rules/capabilities/data/yaml.ts";

type StepReader = (scope: StepScope) => Capability[];

/** What a reader finds in the jobs of a workflow. */
export function grantedIn(workflow: string, read: StepReader): Capability[] {
  return scopesIn(workflow).flatMap(read);
}

/** The jobs of a workflow, as what their steps stand in. */
export function scopesIn(workflow: string): StepScope[] {
  const root = parseYaml(new TextEncoder().encode(workflow), 4 * 1024 * 1024);
  return stepScopesOf(findWorkflow(root));
}

/** A job with these lines whose only step is this map in YAML's flow style, and the step. */
export function scopeAndStep(step: string, job = ""): { scope: StepScope; step: Step } {
  const [scope] = scopesIn(jobWith(`${job}\nsteps: [${step}]`));
  const [only] = scope?.steps ?? [];
  if (!scope || !only) throw new Error("no step");
  return { scope, step: only };
}

/** The scripts of a step that runs this one. */
export function scriptsIn(script: string, rest = ""): Script[] {
  return scopesIn(stepRunning(script, rest)).flatMap((scope) =>
    scope.steps.flatMap((step) => scriptsOf(scope, step)),
  );
}

/** The causes with this beginning by which a step that runs this script reaches what it does. */
export function causesIn(script: string, read: StepReader, beginning: string): string[] {
  return grantedIn(stepRunning(script), read)
    .flatMap(({ reach }) => reach.map(({ cause }) => cause))
    .filter((cause) => cause.startsWith(beginning));
}

/** `name level line`, or `name level line-endLine` of each capability. */
export function shortly({ name, level = "", line, endLine = line }: Capability): string {
  return [name, level, endLine === line ? line : `${line}-${endLine}`].join(" ").replace("  ", " ");
}

/** A workflow whose only job, from line 4 on, has these lines. */
export function jobWith(lines: string, on = "push"): string {
  const body = lines.replace(/^/gm, "    ");
  return `on: ${on}\njobs:\n  a:\n${body}\n`;
}

/** A workflow whose only step runs this script, whose first line is line 6. */
export function stepRunning(script: string, rest = ""): string {
  const indented = script.replace(/^/gm, "          ");
  return `on: push\njobs:\n  a:\n    steps:\n      - run: |\n${indented}\n${rest}`;
}
