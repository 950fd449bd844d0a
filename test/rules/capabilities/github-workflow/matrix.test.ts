import { expect, test } from "vitest";
import { matrixOf } from "../../../../rules/capabilities/github-workflow/matrix.ts";
import { mapOf } from "./read-workflow.ts";

const OPEN = "${{ fromJSON(needs.a.outputs.all) }}";

test.each([
  { what: "a list", matrix: "{os: [a, b]}", path: ["os"], texts: ["a", "b"] },
  { what: "an include", matrix: "{include: [{os: a}, {os: b}]}", path: ["os"], texts: ["a", "b"] },
  {
    what: "a matrix of a run",
    matrix: `'${OPEN}'`,
    path: ["os"],
    texts: ["${{ fromjson(needs.a.outputs.all) }}"],
  },
  { what: "all of a matrix", matrix: "{a: [x], include: [{b: y}]}", path: [], texts: ["x", "y"] },
])("$what gives just its own values", ({ matrix, path, texts }) => {
  const values = matrixOf(mapOf(`strategy: {matrix: ${matrix}}`))(path);
  expect(values).toMatchObject(texts.map((text) => ({ text })));
});

test.each([
  { what: "no strategy", job: "runs-on: x", path: ["os"] },
  { what: "a strategy without a matrix", job: "strategy: {fail-fast: false}", path: ["os"] },
  { what: "another name", job: "strategy: {matrix: {os: [a]}}", path: ["cpu"] },
  {
    what: "what is excluded",
    job: "strategy: {matrix: {os: [a], exclude: [{os: a}]}}",
    path: ["exclude"],
  },
  {
    what: "what is included",
    job: "strategy: {matrix: {os: [a], include: [{os: b}]}}",
    path: ["include"],
  },
])("$what is no name of a matrix", ({ job, path }) => {
  expect(matrixOf(mapOf(job))(path)).toBeNull();
});
