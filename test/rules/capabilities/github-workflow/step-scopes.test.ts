import { expect, test } from "vitest";
import type { StepScope } from "../../../../rules/capabilities/github-step/scope.ts";
import { stepScopesOf } from "../../../../rules/capabilities/github-workflow/step-scopes.ts";
import { workflowOf } from "./read-workflow.ts";

function scopeOf(job: string): StepScope {
  const [scope] = stepScopesOf(workflowOf(`on: push\njobs:\n  a: {${job}}\n`));
  if (!scope) throw new Error("no job");
  return scope;
}

test.each([
  { job: "uses: ./.github/workflows/b.yml", calls: "./.github/workflows/b.yml" },
  { job: "uses: [./.github/workflows/b.yml]", calls: null },
  { job: "", calls: null },
])("a job of $job calls $calls", ({ job, calls }) => {
  const called = scopeOf(job).calls;
  expect(called && called.text).toBe(calls);
});

test.each([
  { container: "{env: {A: b}}", names: ["A"] },
  { container: "'${{ fromJSON(inputs.container) }}'", names: ["*"] },
  { container: "octo/fromjson:1", names: [] },
  { container: "'${{ inputs.image }}'", names: [] },
  { container: "['${{ fromJSON(inputs.container) }}']", names: [] },
])("a container of $container has variables of the names $names", ({ container, names }) => {
  const { containerEnv } = scopeOf(`container: ${container}`);
  expect(containerEnv.map(({ key }) => key.text)).toEqual(names);
});
