import { expect, test } from "vitest";
import { breakGlassLine, waitingLine } from "../../report/break-glass.ts";
import { githubCommands } from "../../report/annotations-github.ts";
import { sarif } from "../../report/sarif.ts";
import { stepSummary, type StepRun } from "../../report/step-summary.ts";
import { verdictComment } from "../../report/verdict-comment.ts";
import { verdictMarkdown } from "../../report/verdict-markdown.ts";
import { verdictText } from "../../report/verdict-text.ts";
import type { Settlement } from "../../rules/verdict/verdict.ts";
import { judgementOf, reasonOf, record } from "./judgement.ts";

const override: Settlement = {
  ...{ kind: "override", id: "o1", actor: "ann", at: "2026-11-22T10:00:00Z" },
  reason: "production is down",
};
const overridden = {
  ...judgementOf([
    reasonOf({ settledBy: [override] }),
    reasonOf({ line: 3, settledBy: [override] }),
  ]),
  awaitingReview: 1,
};
const LINE = "BREAK-GLASS: overridden by @ann: production is down; 2 reasons stand";
const run: StepRun = {
  ...{ recorded: record, repositoryUrl: "https://github.com/a/b", failOn: "deny" },
  ...{ fails: false, ownWorkflow: false },
};
const commented = { ...run, gate: "0123", job: "gate", runUrl: "https://github.com/a/b/runs/7" };
const markdown = verdictMarkdown(overridden, record);

test.each([
  { where: "a terminal", text: verdictText({ judgement: overridden, record, colour: false }) },
  { where: "the title of a check run", text: markdown.title },
  { where: "SARIF", text: sarif(overridden, "1") },
  { where: "the runner's commands", text: githubCommands(overridden) },
])("an overridden verdict says so in $where", ({ text }) => {
  expect(text).toContain(LINE);
});

// Markdown takes the mention apart, so that nobody is called.
const FIRST = /^\*\*BREAK-GLASS: overridden by .*ann.*: production is down; 2 reasons stand\*\*/m;
test.each([
  { where: "the summary of a check run", text: markdown.summary },
  { where: "the summary of a step", text: stepSummary(overridden, run) },
  { where: "a comment", text: verdictComment(overridden, commented) },
])("an overridden verdict says so first in $where, and that it waits for review", ({ text }) => {
  expect(text).toMatch(FIRST);
  expect(text).toContain("1 emergency override waits for review");
});

test("what nobody overrode says nothing of it", () => {
  const judgement = judgementOf([reasonOf()]);
  expect(breakGlassLine(judgement)).toBeNull();
  expect(waitingLine(judgement)).toBeNull();
});

test("several that wait are counted", () => {
  expect(waitingLine({ ...judgementOf([]), awaitingReview: 2 })).toBe(
    "2 emergency overrides wait for review",
  );
});
