import { expect, test } from "vitest";
import {
  HeadVariables,
  surer,
} from "../../../../../rules/capabilities/github-step/heads/head-variables.ts";

test.each([
  ["exact", "exact", "exact"],
  ["exact", "heuristic", "exact"],
  ["heuristic", "exact", "exact"],
  ["exact", null, "exact"],
  [null, "exact", "exact"],
  ["heuristic", "heuristic", "heuristic"],
  ["heuristic", null, "heuristic"],
  [null, "heuristic", "heuristic"],
  [null, null, null],
] as const)("of %s and %s the surer is %s", (left, right, expected) => {
  expect(surer(left, right)).toBe(expected);
});

test("a variable is found in any letters, and one that is not set is undefined", () => {
  const variables = new HeadVariables(null);
  variables.set("Ref", "exact");
  variables.set("OTHER", null);
  expect(variables.get("rEF")).toBe("exact");
  expect(variables.get("other")).toBeNull();
  expect(variables.get("none")).toBeUndefined();
});

test("a variable hides what is around it, and all others are seen", () => {
  const outer = new HeadVariables(null);
  outer.set("A", "exact");
  outer.set("B", "heuristic");
  const variables = new HeadVariables(outer);
  variables.set("A", null);
  expect(variables.get("A")).toBeNull();
  expect(variables.get("B")).toBe("heuristic");
});

test("any of them is as sure as the surest, of those around them too", () => {
  const outer = new HeadVariables(null);
  const variables = new HeadVariables(outer);
  expect(outer.get("*")).toBeNull();
  outer.set("A", "exact");
  expect(variables.get("*")).toBe("exact");
  variables.set("B", "heuristic");
  expect(variables.get("*")).toBe("exact");
  expect(new HeadVariables(null).get("*")).toBeNull();
});

test("a head whose name only a run knows may be in every variable, and takes nothing from it", () => {
  const outer = new HeadVariables(null);
  outer.set("A", "exact");
  const variables = new HeadVariables(outer);
  variables.set("*", "heuristic");
  variables.set("B", null);
  expect(variables.get("A")).toBe("exact");
  expect(variables.get("B")).toBe("heuristic");
  expect(variables.get("C")).toBe("heuristic");
  expect(variables.get("*")).toBe("exact");
});
