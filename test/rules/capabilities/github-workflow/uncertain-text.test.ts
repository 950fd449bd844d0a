import { expect, test } from "vitest";
import { isUncertain } from "../../../../rules/capabilities/github-workflow/uncertain-text.ts";

test.each([
  "job.status",
  "runner.os",
  "secrets.KEY",
  "strategy.job-index",
  "vars.FLAGS",
  "github.actor",
  "github.job",
  "github.repository",
  "github.repository_owner",
  "github.run_attempt",
  "github.run_id",
  "github.run_number",
  "github.sha",
  "github.workspace",
  "github.sha || vars.FLAGS",
  "'--init'",
])("only administrators and GitHub write into ${{ %s }}", (expression) => {
  expect(isUncertain(`x-\${{ ${expression} }}`)).toBe(false);
});

test.each([
  "github.head_ref",
  "github.event.inputs.flags",
  "github.actor.name",
  "inputs.flags",
  "env.FLAGS",
  "matrix.flags",
  "needs.a.outputs.flags",
  "steps.a.outputs.flags",
  "github.sha || github.head_ref",
  "github.head_ref || github.sha",
])("others may write into ${{ %s }}", (expression) => {
  expect(isUncertain(`x-\${{ ${expression} }}`)).toBe(true);
  expect(isUncertain(`\${{ github.sha }}-\${{ ${expression} }}`)).toBe(true);
});

test("what stands outside an expression is as it is written", () => {
  expect(isUncertain("github.head_ref")).toBe(false);
});
