import { expect, test } from "vitest";
import {
  openEntriesOf,
  runDefaultsOf,
  type Step,
  stepsOf,
} from "../../../../rules/capabilities/github-step/step.ts";
import type { DataNode } from "../../../../rules/capabilities/data/data-node.ts";
import { mapOf } from "../github-workflow/read-workflow.ts";

function stepOf(step: string): Step {
  const [only] = stepsOf(mapOf(`steps: [${step}]`));
  if (!only) throw new Error("no step");
  return only;
}

test.each([
  ["{run: x}", "x"],
  ["{run: null}", null],
  ["{run: 'null'}", "null"],
  ["{run: [x]}", null],
  ["{uses: o/r@v1}", null],
])("the script of the step %s is %j", (text, script) => {
  const { run } = stepOf(text);
  expect(run && run.text).toBe(script);
});

test("a step without an id has an empty one", () => {
  expect(stepOf("{run: x}").id).toBe("");
  expect(stepOf("{id: [a]}").id).toBe("");
  expect(stepOf("{id: a}").id).toBe("a");
});

test.each([
  ["defaults: {run: {shell: bash}}", "map"],
  ["defaults: {other: {shell: bash}}", undefined],
  ["defaults: run", undefined],
  ["a: b", undefined],
])("a job of %s gives its scripts defaults of the type %s", (job, type) => {
  expect(runDefaultsOf(mapOf(job))?.type).toBe(type);
});

test.each([
  ["{A: a, B: b}", ["A=a", "B=b"]],
  ["a", []],
  ["'${{ fromJSON(inputs.env) }}'", ["*=${{ fromJSON(inputs.env) }}"]],
  ["{\"A_${{ 'B' }}\": a}", ["A_B=a"]],
  ['{"${{ inputs.name }}": a}', ["*=a"]],
  ["{\"${{ fromJSON('[1]') }}\": a}", ["*=a"]],
  ['{"${{ insert }}": "${{ inputs.env }}"}', ["*=${{ inputs.env }}"]],
  ['{A: a, "${{ insert }}": {B: b, "${{ insert }}": {C: c}}}', ["A=a", "B=b", "C=c"]],
  ['{" ${{insert}} ": {B: b}}', ["B=b"]],
  ['{"A${{ insert }}": {B: b}}', ["*=map"]],
  ['{"${{ insert }}A": {B: b}}', ["*=map"]],
  ['{"${{ inputs.name }}": {B: b}}', ["*=map"]],
  ["{A: {B: b}}", ["A=map"]],
])("the variables of env: %s are %j", (env, variables) => {
  const entries = openEntriesOf(mapOf(`env: ${env}`), "env");
  expect(entries.map(({ key, value }) => `${key.text}=${shown(value)}`)).toEqual(variables);
});

function shown(value: DataNode): string {
  return value.type === "scalar" ? value.text : value.type;
}
