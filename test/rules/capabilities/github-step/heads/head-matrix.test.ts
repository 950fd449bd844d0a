import { expect, test } from "vitest";
import {
  type MatrixHeads,
  matrixHeadsOf,
} from "../../../../../rules/capabilities/github-step/heads/head-matrix.ts";
import { mapOf } from "../../github-workflow/read-workflow.ts";

function headsOf(matrix: object): MatrixHeads {
  return matrixHeadsOf(mapOf(JSON.stringify({ strategy: { matrix } })), "ref");
}

const HEAD = "refs/pull/7/head";

test.each([
  { values: [HEAD], head: "exact" },
  { values: ["main", "refs/${{ vars.KIND }}/7/head", HEAD], head: "exact" },
  { values: ["main", "refs/${{ vars.KIND }}/7/head"], head: "heuristic" },
  { values: ["main", "${{ vars.REF }}"], head: null },
  { values: [{ at: "main" }, ["main"]], head: null },
])("of the values $values the surest is $head", ({ values, head }) => {
  expect(headsOf({ r: values }).ofPath("matrix.r")).toBe(head);
});

test.each([
  { matrix: { r: [{ at: HEAD }] }, path: "matrix.r" },
  { matrix: { r: [{ at: [{ b: HEAD }] }] }, path: "matrix.r" },
  { matrix: { r: [{ at: HEAD }] }, path: "matrix.r.*" },
  { matrix: { r: [{ at: [{ b: HEAD }] }] }, path: "matrix.r.*.b.*" },
  { matrix: { r: [{ at: HEAD }] }, path: "matrix.r.*.two\nlines" },
  { matrix: { r: [HEAD] }, path: "matrix.r.*" },
  { matrix: { r: ["main"], s: [HEAD] }, path: "matrix.*" },
  { matrix: { include: [{ r: HEAD }] }, path: "matrix" },
])("$path may be the head that it holds in $matrix", ({ matrix, path }) => {
  expect(headsOf(matrix).ofPath(path)).toBe("heuristic");
});

test.each([
  { matrix: { r: [{ at: HEAD }] }, path: "matrix.r.b" },
  { matrix: { r: ["main"], s: [HEAD] }, path: "matrix.r.*" },
  { matrix: { r: ["main"] }, path: "matrix" },
  { matrix: { "*s": ["main"], s: [HEAD] }, path: "matrix.*s" },
])("$path holds no head in $matrix", ({ matrix, path }) => {
  expect(headsOf(matrix).ofPath(path)).toBeNull();
});

test("what the matrix does not have names no head", () => {
  expect(headsOf({ r: [HEAD] }).ofPath("matrix.s")).toBeNull();
});

test("past a hundred paths a further one is a guess, and those before it stay what they are", () => {
  const heads = headsOf({ head: [HEAD], other: ["main"] });
  expect(heads.ofPath("matrix.head")).toBe("exact");
  for (let at = 1; at < 100; at += 1) expect(heads.ofPath(`matrix.a${at}`)).toBeNull();
  expect(heads.ofPath("matrix.other")).toBe("heuristic");
  expect(heads.short(["other"])).toBeNull();
  expect(heads.ofPath("matrix.head")).toBe("exact");
  expect(heads.ofPath("matrix.a1")).toBeNull();
});

test.each([
  { what: "one of 199 characters", values: ["x".repeat(199)], isShort: true },
  { what: "one of 200 characters", values: ["x".repeat(200)], isShort: false },
  { what: "two of 199 together", values: ["x".repeat(99), "x".repeat(99)], isShort: true },
  { what: "two of 200 together", values: ["x".repeat(99), "x".repeat(101)], isShort: false },
  { what: "a map before 198", values: [{ ref: HEAD }, "x".repeat(198)], isShort: true },
  { what: "a map before 199", values: [{ ref: HEAD }, "x".repeat(199)], isShort: false },
])("texts may be put together of $what: $isShort", ({ values, isShort }) => {
  expect(headsOf({ r: values }).short(["r"])?.length).toBe(isShort ? values.length : undefined);
});

test("of what a matrix does not have nothing is put together", () => {
  expect(headsOf({ r: [HEAD] }).short(["s"])).toBeNull();
});
