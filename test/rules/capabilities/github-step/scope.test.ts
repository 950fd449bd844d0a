import { expect, test } from "vitest";
import { guardedBy } from "../../../../rules/capabilities/github-step/scope.ts";
import { conditionsOf } from "../../../../rules/capabilities/github-expression/conditions.ts";
import { entryOf, type DataEntry } from "../../../../rules/capabilities/data/data-node.ts";
import { mapOf } from "../github-workflow/read-workflow.ts";

const conditionIn = (step: string): DataEntry | undefined => entryOf(mapOf(step), "if");

const trigger = { cause: "trigger:issues", conditions: ["runner"], line: 1, guardLine: 4 };
const run = { cause: "run", conditions: [], line: 3, guardLine: 3 };

test("a step without an `if` asks of a trigger that what ran before succeeded", () => {
  expect(guardedBy([trigger, run], undefined)).toEqual([
    { ...trigger, conditions: ["runner", "success"] },
    run,
  ]);
});

test("a step's `if` is asked of a trigger as well, each condition once and sorted", () => {
  const condition = conditionIn("\n\nif: github.actor == 'a'");
  const asked = [...conditionsOf(condition), "runner", "success"];
  expect(asked).toHaveLength(3);
  const found = { ...trigger, conditions: asked, guardLine: 3 };
  expect(guardedBy([trigger, run], condition)).toEqual([found, run]);
  const doubled = { ...trigger, conditions: ["success", "runner"] };
  expect(guardedBy([doubled], condition)).toEqual([found]);
});

test("an `if` that takes back what is asked leaves a way as it was", () => {
  expect(guardedBy([trigger], conditionIn("if: always()"))).toEqual([trigger]);
});

test("an `if` beside one that takes it back is asked alone", () => {
  const condition = conditionIn("if: always() && github.actor == 'a'");
  expect(guardedBy([trigger], condition)).toEqual([
    { ...trigger, conditions: [...conditionsOf(condition), "runner"], guardLine: 1 },
  ]);
});
