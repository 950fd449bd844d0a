import { expect, test } from "vitest";
import { readInjections } from "../../../../../rules/capabilities/github-step/injections.ts";
import { injectionsIn, injectionsOf, routes, TITLE } from "../injected.ts";

const SOURCE = "github.event.issue.title";
const WRITES = { id: "x", env: { V: TITLE }, run: 'echo "t=$V" >> $GITHUB_OUTPUT' };

test("a file without jobs has no injections", () => {
  expect(readInjections([])).toEqual([]);
});

test("a workflow's env can hold the default of an input", () => {
  const workflow = {
    on: { workflow_call: { inputs: { title: { default: TITLE } } } },
    env: { T: "${{ inputs.title }}" },
    jobs: { a: { steps: [{ run: "echo ${{ env.T }}" }] } },
  };
  expect(routes(injectionsIn(JSON.stringify(workflow)))).toContain(`${SOURCE} through env.T`);
});

test("a step's own env is no part of all variables in it", () => {
  const step = { env: { T: "${{ toJSON(env) }}", U: TITLE }, run: "echo ${{ env.T }}" };
  expect(injectionsOf([step])).toEqual([]);
});

test("what a job needs are the outputs of the jobs that it names alone", () => {
  const jobs = {
    a: { outputs: { t: "${{ steps.x.outputs.t }}" }, steps: [WRITES] },
    b: { steps: [] },
    c: { needs: "b", steps: [{ run: "echo ${{ toJSON(needs) }}" }] },
  };
  expect(injectionsIn(JSON.stringify({ on: "issues", jobs }))).toEqual([]);
});

test.each([
  { expression: "steps.x[github.job].t", count: 1 },
  { expression: "steps[github.job].outputs.t", count: 1 },
  { expression: "steps[github.job].outputs.u", count: 1 },
  { expression: "steps.x.conclusion", count: 0 },
])("$expression has $count texts of others", ({ expression, count }) => {
  expect(injectionsOf([WRITES, { run: `echo \${{ ${expression} }}` }])).toHaveLength(count);
});

test("what a step writes to a variable is in that variable alone, where no step has its own", () => {
  const writes = { env: { V: TITLE }, run: 'echo "T=$V" >> $GITHUB_ENV' };
  const found = injectionsOf([writes, { run: "echo ${{ env.T }} ${{ env.U }}" }]);
  expect(routes(found)).toEqual([`${SOURCE} through env.T`]);
  expect(injectionsOf([writes, { run: "echo ${{ env.U }}" }])).toEqual([]);
  expect(injectionsOf([writes, { env: { T: "1" }, run: "echo ${{ env.T }}" }])).toEqual([]);
});
