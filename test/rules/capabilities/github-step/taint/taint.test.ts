import { expect, test } from "vitest";
import {
  mergeTaints,
  type Taint,
} from "../../../../../rules/capabilities/github-step/taint/taint.ts";

function taint(path: string, one: Partial<Taint> = {}): Taint {
  return { path, level: "outsider", through: "", certainty: "exact", ...one };
}

const GUESS = taint("github.head_ref", { through: "$T", certainty: "heuristic" });
const EXACT = taint("github.head_ref", { through: "env.T" });

test.each([
  { when: "the first way to it is as sure", values: [[EXACT], [taint("github.head_ref")]] },
  { when: "another way to it is a guess", values: [[EXACT], [GUESS]] },
  { when: "another way to it is surer", values: [[GUESS], [EXACT]] },
])("a source is there once where $when", ({ values }) => {
  expect(mergeTaints(values)).toEqual([EXACT]);
});

test("outsiders' texts come first, those of a level as they were found", () => {
  const insiders = [
    taint("inputs.a", { level: "insider" }),
    taint("inputs.b", { level: "insider" }),
  ];
  const merged = mergeTaints([insiders, [EXACT], [taint("github.event.issue.title")]]);
  expect(merged.map(({ path }) => path)).toEqual([
    "github.head_ref",
    "github.event.issue.title",
    "inputs.a",
    "inputs.b",
  ]);
});

test("of many texts twenty are followed", () => {
  const many = Array.from({ length: 25 }, (_, at) => taint(`inputs.i${at}`, { level: "insider" }));
  expect(mergeTaints([many, [EXACT]])).toEqual([EXACT, ...many.slice(0, 19)]);
});
