import { expect, test } from "vitest";
import { outsidersChoice } from "../../../../../rules/capabilities/github-step/heads/outsiders-choice.ts";

test.each([
  ["github.event.comment.body", "exact"],
  ["github.event.*.body", "exact"],
  ["github.event.comment", "heuristic"],
  ["github.event", "heuristic"],
  ["github.event.issue.number", null],
  ["github.event.inputs.ref", null],
])("of %s outsiders choose what a ref is: %s", (path, certainty) => {
  expect(outsidersChoice(path, "ref")).toBe(certainty);
  expect(outsidersChoice(path, "repository")).toBe(certainty);
  expect(outsidersChoice(path, "head")).toBeNull();
});

test("the name of an outsider leads to a repository of theirs, and to no ref", () => {
  expect(outsidersChoice("github.actor", "repository")).toBe("exact");
  expect(outsidersChoice("github.actor", "ref")).toBeNull();
});
