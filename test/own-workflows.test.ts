import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";

interface Workflow {
  readonly permissions?: object;
  readonly jobs: Readonly<
    Record<string, { readonly permissions?: object; readonly steps: Step[] }>
  >;
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

const folder = new URL("../.github/workflows/", import.meta.url);
const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(new URL(name, folder), "utf8");
  return { name, text, workflow: parse(text) as Workflow };
});

test("there are workflows of the project's own", () => {
  expect(workflows.map(({ name }) => name)).toEqual(["ci.yml", "gate.yml", "release.yml"]);
});

test.each(workflows)(
  "$name begins without permissions, and each job names its own",
  ({ workflow }) => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) expect(job.permissions).toBeDefined();
  },
);

test.each(workflows)("$name uses actions by their commits, with the version beside", ({ text }) => {
  const used = [...text.matchAll(/uses: (.*)$/gm)].map(([, action = ""]) => action);
  expect(used.length).toBeGreaterThan(0);
  for (const action of used.filter((each) => each !== "./")) {
    expect(action).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  }
});

test.each(workflows)("$name puts no expression into a script", ({ workflow }) => {
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
  expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
});
