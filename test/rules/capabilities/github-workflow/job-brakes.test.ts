import { expect, test } from "vitest";
import type { Brakes } from "../../../../rules/capabilities/brakes.ts";
import { brakesOf } from "../../../../rules/capabilities/github-workflow/job-brakes.ts";
import type { Job } from "../../../../rules/capabilities/github-workflow/workflow.ts";
import { contentDigest } from "../../../../rules/capabilities/holder-content.ts";
import { workflowOf } from "./read-workflow.ts";

/** The jobs `Auth` and `lint`, and `deploy`, whose brakes these are. */
function deploying(deploy: string, auth = ""): { brakes: Brakes; jobs: Map<string, string> } {
  const workflow = workflowOf(
    `on: issues\njobs:\n  Auth: {steps: [{run: ask}]${auth}}\n  lint: {}\n  deploy: {${deploy}}\n`,
  );
  const [asking, linting, job] = workflow.jobs as [Job, Job, Job];
  const jobs = new Map([
    ["auth", asking.content],
    ["lint", linting.content],
  ]);
  return { brakes: brakesOf(workflow, job), jobs };
}

test.each([
  { deploy: "needs: Auth", found: ["auth"] },
  { deploy: "needs: AUTH", found: ["auth"] },
  { deploy: "needs: [lint, auth]", found: ["lint", "auth"] },
  { deploy: "needs: [auth, gone]", found: ["auth"] },
  { deploy: "needs: [[auth], lint]", found: ["lint"] },
  { deploy: "needs: {auth: lint}", found: [] },
  { deploy: "", found: [] },
  { deploy: "needs: [auth, lint], if: always()", found: [] },
  { deploy: "needs: [auth, lint], if: success() && always()", found: ["auth", "lint"] },
  {
    deploy: "needs: [auth, lint], if: \"always() && needs.auth.result == 'success'\"",
    found: ["auth"],
  },
])("the jobs that have to succeed before a job of $deploy are $found", ({ deploy, found }) => {
  const { brakes, jobs } = deploying(deploy);
  expect([...brakes.jobs]).toEqual(found.map((id) => [id, jobs.get(id)]));
});

const FORGIVING = [
  { value: "true", forgives: true },
  { value: "'True'", forgives: true },
  { value: "'${{ inputs.lenient }}'", forgives: true },
  { value: "not-false", forgives: true },
  { value: "falsehood", forgives: true },
  { value: "[false]", forgives: true },
  { value: "{a: b}", forgives: true },
  { value: "false", forgives: false },
  { value: "'FALSE'", forgives: false },
  { value: "' false '", forgives: false },
  { value: "''", forgives: false },
  { value: "", forgives: false },
];

test.each(FORGIVING)(
  "a needed job that goes on on error, $value, is no brake: $forgives",
  ({ value, forgives }) => {
    const { brakes } = deploying("needs: auth", `, continue-on-error: ${value}`);
    expect([...brakes.jobs.keys()]).toEqual(forgives ? [] : ["auth"]);
  },
);

const step = (run: string, copy = 1): string => `${contentDigest(`{"run":"${run}"}`)} ${copy}`;

test.each(FORGIVING)(
  "a step that goes on on error, $value, is forgiven: $forgives",
  ({ value, forgives }) => {
    const { brakes } = deploying(`steps: [{run: a, continue-on-error: ${value}}, {run: b}]`);
    expect([...brakes.forgiven]).toEqual(forgives ? [step("a")] : []);
    expect([...brakes.stopping]).toEqual(forgives ? [] : [step("a")]);
  },
);

test("all steps but the last stop a job, whatever they are called", () => {
  const { brakes } = deploying("steps: [{run: a}, {name: x, run: b}, {run: c}, {run: d}]");
  expect([...brakes.stopping]).toEqual([step("a"), step("b"), step("c")]);
});

test("of equal steps each has a name of its own", () => {
  const { brakes } = deploying(
    "steps: [{run: a}, {run: a, continue-on-error: true}, {run: b}, {name: x, run: a}, {run: c}]",
  );
  expect([...brakes.stopping]).toEqual([step("a"), step("b"), step("a", 3)]);
  expect([...brakes.forgiven]).toEqual([step("a", 2)]);
});

test("a step that is no map is as any other", () => {
  const { brakes } = deploying("steps: [make, {run: b}]");
  expect([...brakes.stopping]).toEqual([`${contentDigest('"make"')} 1`]);
});

test.each(["steps: make", "steps: {run: a}", ""])("a job of %s has no step to fail", (deploy) => {
  const { brakes } = deploying(deploy);
  expect([...brakes.stopping, ...brakes.forgiven]).toEqual([]);
});
