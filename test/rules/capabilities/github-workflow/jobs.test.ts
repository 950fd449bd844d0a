import { expect, test } from "vitest";
import { type JobHolder, holdersOf } from "../../../../rules/capabilities/github-workflow/jobs.ts";
import { contentDigest } from "../../../../rules/capabilities/holder-content.ts";
import { workflowOf } from "./read-workflow.ts";

/** The job `a`, whose body stands from line 4 on. */
function holderOf(on: string, ...lines: string[]): JobHolder {
  const body = lines.map((line) => `    ${line}\n`).join("");
  const [holder] = holdersOf(workflowOf(`on: ${on}\njobs:\n  a:\n${body}`));
  if (!holder) throw new Error("no job");
  return holder;
}

test("outsiders' ways stand in the order of their events", () => {
  const { reach } = holderOf("[watch, push, fork, issues]", "steps: []");
  expect(reach.map(({ cause }) => cause)).toEqual([
    "run",
    "trigger:fork",
    "trigger:issues",
    "trigger:watch",
  ]);
});

test("guards stand at their own lines", () => {
  const { reach } = holderOf("fork", "steps: []", "environment: prod", "if: x");
  expect(reach.map(({ line, guardLine }) => [line, guardLine])).toEqual([
    [3, 5],
    [1, 6],
  ]);
});

test("where no guard is written, the job's line stands for it", () => {
  const { reach } = holderOf("fork", "steps: []");
  expect(reach.map(({ guardLine }) => guardLine)).toEqual([3, 3]);
});

test.each([
  { job: "environment: ' prod '", environment: "prod" },
  { job: "environment: {name: ' prod ', url: x}", environment: "prod" },
  { job: "environment: {url: x}", environment: "" },
  { job: "environment: {name: [prod]}", environment: "" },
  { job: "environment: ' '", environment: "" },
])("a job with $job runs in '$environment'", ({ job, environment }) => {
  const { context, reach } = holderOf("push", job);
  expect(context).toBe(environment === "" ? "on push" : `on push; environment ${environment}`);
  expect(reach.flatMap(({ conditions }) => conditions)).toEqual(
    environment === "" ? [] : [`environment ${contentDigest(environment)}`],
  );
});
