import { expect, test } from "vitest";
import { conditionScalars } from "../../../../rules/capabilities/github-workflow/scalars.ts";
import { mapOf, readText } from "./read-workflow.ts";

test.each([
  { job: "runs-on: x", conditions: [] },
  { job: "if: a\nsteps: [{run: x}, {if: b}]", conditions: ["a", "b"] },
  { job: "if: [a]\nsteps: [{if: {b: c}}]", conditions: [] },
  { job: "steps: {if: a}", conditions: [] },
  { job: "steps: [a, [b], {if: c}]", conditions: ["c"] },
])("the conditions of $job are $conditions", ({ job, conditions }) => {
  expect(conditionScalars(mapOf(job)).map(({ text }) => text)).toEqual(conditions);
});

test("a step that is no map is refused in the usual way", () => {
  const text = "on: push\njobs:\n  a:\n    steps: [a]\n";
  expect(readText(text)).toMatchObject({ understood: false });
});
