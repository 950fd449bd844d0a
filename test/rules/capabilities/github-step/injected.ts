import type { Capability } from "../../../../rules/capabilities/capability.ts";
import { findAction, scopeOf } from "../../../../rules/capabilities/github-action/action.ts";
import { readInjections } from "../../../../rules/capabilities/github-step/injections.ts";
import { stepScopesOf } from "../../../../rules/capabilities/github-workflow/step-scopes.ts";
import { findWorkflow } from "../../../../rules/capabilities/github-workflow/workflow.ts";
import { parseYaml } from "../../../../rules/capabilities/data/yaml.ts";

export const TITLE = "${{ github.event.issue.title }}";

/** The injections in a workflow. */
export function injectionsIn(workflow: string): Capability[] {
  const root = parseYaml(new TextEncoder().encode(workflow), 4 * 1024 * 1024);
  return readInjections(stepScopesOf(findWorkflow(root)));
}

/** The injections in a composite action. */
export function injectionsInAction(action: { inputs: object; steps: object[] }): Capability[] {
  const { inputs, steps } = action;
  const text = JSON.stringify({ inputs, runs: { using: "composite", steps } });
  return readInjections([
    scopeOf(findAction(parseYaml(new TextEncoder().encode(text), 1_000_000))),
  ]);
}

/** The injections in a job with these steps, each a map in YAML's flow style or in JSON. */
export function injectionsOf(
  steps: readonly unknown[],
  job: object = {},
  env: object = {},
): Capability[] {
  return injectionsIn(JSON.stringify({ on: "issues", env, jobs: { a: { ...job, steps } } }));
}

/** `name through …` of each injection. */
export function routes(injections: readonly Capability[]): string[] {
  return injections.map(({ name, context }) => [name, ...context.split("; ").slice(1)].join(" "));
}
