import type { Capability } from "../../../../rules/capabilities/capability.ts";
import type { StepScope } from "../../../../rules/capabilities/github-step/scope.ts";
import { stepScopesOf } from "../../../../rules/capabilities/github-workflow/step-scopes.ts";
import { findWorkflow } from "../../../../rules/capabilities/github-workflow/workflow.ts";
import { parseYaml } from "../../../../rules/capabilities/yaml.ts";

type StepReader = (scope: StepScope) => Capability[];

/** What a reader finds in the jobs of a workflow. */
export function grantedIn(workflow: string, read: StepReader): Capability[] {
  const root = parseYaml(new TextEncoder().encode(workflow), 4 * 1024 * 1024);
  return stepScopesOf(findWorkflow(root)).flatMap(read);
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
