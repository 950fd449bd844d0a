import { expect, test } from "vitest";
import { reachTexts } from "../../../../rules/capabilities/reach.ts";
import { TRIGGER_KIND } from "../../../../rules/capabilities/github-workflow/triggers.ts";
import type { Capability } from "../../../../rules/capabilities/capability.ts";
import { capabilitiesOf, changed } from "./read-workflow.ts";

function workflow(event: string, filters: string, jobs = "a: {}"): string {
  return `on:\n  ${event}: ${filters}\njobs: {${jobs}}\n`;
}

function triggerOf(text: string): Capability {
  const [trigger] = capabilitiesOf(TRIGGER_KIND, text);
  if (!trigger) throw new Error("no trigger");
  return trigger;
}

function reachOf(filters: string): string[] {
  return reachTexts(triggerOf(workflow("workflow_run", filters)).reach);
}

/** How a trigger with some filters changes to one with others. */
function changedFilters(base: string, head: string): string[] {
  const [from, to] = [workflow("workflow_run", base), workflow("workflow_run", head)];
  return changed(TRIGGER_KIND, from, to).map(({ delta }) => delta);
}

test("a trigger is told as certain", () => {
  expect(triggerOf(workflow("push", ""))).toMatchObject({ certainty: "exact", reach: [] });
});

test.each([
  { what: "one that stands alone", on: "on: [push]", lines: [1, 1] },
  { what: "one with a filter", on: "on:\n  push:\n    branches:\n    - main", lines: [2, 4] },
])("$what stands where it is written", ({ on, lines }) => {
  const { line, endLine } = triggerOf(`${on}\njobs: {a: {}}\n`);
  expect([line, endLine]).toEqual(lines);
});

test.each([
  ["main", "main"],
  ["{types: x, branches: }", "branches; types x"],
])("the context of the filters %s is %s", (filters, context) => {
  expect(triggerOf(workflow("push", filters)).context).toBe(context);
});

test.each([
  { what: "no filter", filters: "", conditions: 0 },
  { what: "an empty map", filters: "{}", conditions: 0 },
  { what: "a filter that is empty", filters: "{types: , branches: ''}", conditions: 0 },
  { what: "a filter that is a text", filters: "{types: completed}", conditions: 1 },
  { what: "a filter that is a list", filters: "{types: [completed]}", conditions: 1 },
  { what: "two filters", filters: "{types: completed, branches: [main]}", conditions: 2 },
  { what: "what is no map", filters: "[a, b]", conditions: 1 },
])("$what holds outsiders back as often as it can", ({ filters, conditions }) => {
  expect(triggerOf(workflow("workflow_run", filters)).reach).toMatchObject([
    { cause: "trigger", conditions: { length: conditions }, line: 2 },
  ]);
});

test.each([
  {
    what: "the order of the filters",
    filters: "{types: a, branches: b, workflows: c}",
    same: "{workflows: c, branches: b, types: a}",
  },
  { what: "the order in a filter", filters: "{types: [a, b, c]}", same: "{types: [c, a, b]}" },
  { what: "a list around one text", filters: "{types: a}", same: "{types: [a]}" },
  { what: "a filter that is empty", filters: "{types: a}", same: "{types: a, branches: ''}" },
])("outsiders are held back alike whatever $what", ({ filters, same }) => {
  expect(reachOf(same)).toEqual(reachOf(filters));
});

test.each([
  { what: "the text of a filter", filters: "{types: a}", other: "{types: b}" },
  { what: "the name of a filter", filters: "{types: a}", other: "{branches: a}" },
  {
    what: "the order where a pattern takes back",
    filters: "{branches: [b, '!a', c]}",
    other: "{branches: [b, c, '!a']}",
  },
  { what: "a list in a filter", filters: "{types: [[a], x]}", other: "{types: [[b], x]}" },
  { what: "what is no map", filters: "[a]", other: "[b]" },
])("outsiders are held back otherwise with $what", ({ filters, other }) => {
  expect(reachOf(other)).not.toEqual(reachOf(filters));
});

test.each([
  {
    what: "loses a filter",
    base: "{types: a, branches: [b]}",
    head: "{types: a}",
    deltas: ["raised"],
  },
  { what: "loses its only filter", base: "{types: a}", head: "", deltas: ["raised"] },
  {
    what: "gains a filter",
    base: "{types: a}",
    head: "{types: a, branches: [b]}",
    deltas: ["lowered"],
  },
  {
    what: "has its filters in another order",
    base: "{types: a, branches: [b, c]}",
    head: "{branches: [c, b], types: [a]}",
    deltas: [],
  },
])("a trigger of outsiders that $what", ({ base, head, deltas }) => {
  expect(changedFilters(base, head)).toEqual(deltas);
});

test("a trigger's content stays the same whatever the order of the jobs", () => {
  const jobs = ["a: {env: {A: x}}", "b: {env: {A: y}}"];
  const [inOrder, turned] = [jobs.join(), jobs.toReversed().join()];
  const { holderContent } = triggerOf(workflow("fork", "", inOrder));
  expect(triggerOf(workflow("fork", "", turned)).holderContent).toBe(holderContent);
});
