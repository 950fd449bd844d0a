import { expect, test } from "vitest";
import { utf8Length } from "../../report/fit.ts";
import { stepSummary, type StepRun, stepTitle } from "../../report/step-summary.ts";
import type { Reason } from "../../rules/verdict/verdict.ts";
import { approval, judgementOf, reasonOf, record, release } from "./judgement.ts";

const warning = reasonOf({ decision: "WARN", policyId: "mutable-action", remedy: "pin it" });

function summaryOf(reasons: readonly Reason[], run: Partial<StepRun> = {}): string {
  const judgement = judgementOf(reasons);
  return stepSummary(judgement, {
    recorded: record,
    fails: judgement.verdict.decision === "DENY",
    repositoryUrl: "https://github.com/acme/shop",
    failOn: "deny",
    ownWorkflow: false,
    ...run,
  });
}

test("a summary leads with the decision, what would settle it, and each reason at its line", () => {
  const { head } = judgementOf([]).facts.change;
  const summary = summaryOf([reasonOf(), warning, reasonOf({ settledBy: [approval] })]);
  expect(summary.split("\n### How it was judged")[0]).toBe(`## Bailiff: Denied by new-permissions

**Denied.** 1 reason has to be settled before this change may enter.

What would settle it:

- an approval of \`1f2e3d4\` by someone who may write

Once that is done push it, or run this job again.

On the record at index 12.

### What stands against it

- **DENY** [\`${release}\` line 14](https://github.com/acme/shop/blob/${head}/${release}#L14), by policy \`new-permissions\`
  - jobs.release: contents read → write
  - To settle: an approval of \`1f2e3d4\` by someone who may write
- **WARN** [\`${release}\` line 14](https://github.com/acme/shop/blob/${head}/${release}#L14), by policy \`mutable-action\`
  - jobs.release: contents read → write
  - To settle: pin it

### Settled

- **SETTLED** [\`${release}\` line 14](https://github.com/acme/shop/blob/${head}/${release}#L14), DENY by policy \`new-permissions\`
  - jobs.release: contents read → write
  - Settled: an approval by bo, \`2026-11-22T10:00:00Z\`
`);
  expect(summary).toContain(`- Pin: \`${record.pin}\`. Whoever keeps it`);
});

test("a step that fails by warnings says so, and what would settle them", () => {
  const summary = summaryOf([warning], { failOn: "warn", fails: true });
  expect(summary).toMatch(
    /^## Bailiff: Fails, since fail-on is warn: warnings from `?mutable-action/,
  );
  expect(summary).toContain("**Fails on warnings.**");
  expect(summary).toContain("it has 1 warning, and the workflow sets `fail-on` to `warn`.");
  expect(summary).toContain("What would settle it:\n\n- pin it\n");
  expect(summary).toContain("run this job again");
});

test.each([
  { when: "warnings fail nothing", reasons: [warning], fails: false, title: "Allowed with warn" },
  { when: "it is denied", reasons: [reasonOf(), warning], fails: true, title: "Denied by new-per" },
  { when: "nothing stands against it", reasons: [], fails: false, title: "Allowed" },
])("the title is the verdict's where $when", ({ reasons, fails, title }) => {
  expect(stepTitle(judgementOf(reasons), fails)).toMatch(new RegExp(`^${title}`));
});

test("a simulation of warnings is told as one", () => {
  expect(stepTitle(judgementOf([warning], { simulation: true }), false)).toMatch(/^Simulation/);
});

test("under fail-on warn what would settle a denial's warnings is told too", () => {
  const [opening = ""] = summaryOf([reasonOf(), warning], { failOn: "warn" }).split("###");
  expect(opening).toContain("- pin it\n");
});

test("a summary says why nothing is recorded, and where a run binds nobody", () => {
  const summary = summaryOf([], { recorded: { unrecorded: "it is late" }, ownWorkflow: true });
  expect(summary).toContain("Nothing is recorded on the ledger");
  expect(summary).toContain(": it is late.");
  expect(summary).not.toContain("run this job again");
  expect(summary).toContain("This run binds nobody");
  expect(summaryOf([])).not.toContain("binds nobody");
});

/** Reasons with the longest texts. */
function longReasons(length: number): readonly Reason[] {
  return Array.from({ length }, (_, place) =>
    reasonOf({
      path: `${place}/${"` @".repeat(1_400)}`,
      message: `${place} ${"é`".repeat(800)}`,
      remedy: `${place} ${"漢`".repeat(800)}`,
    }),
  );
}

test("thousands of reasons with the longest texts stay under the runner's 1 MiB, the rest counted", () => {
  const reasons = longReasons(3_000);
  const summary = summaryOf(reasons, { recorded: { unrecorded: "x" }, ownWorkflow: true });
  expect(utf8Length(summary)).toBeLessThan(1024 * 1024);
  const told = summary.match(/^- \*\*DENY\*\*/gmu)?.length ?? 0;
  expect(told).toBeGreaterThan(20);
  expect(summary).toContain(`${3_000 - told} more reasons left out here for want of room.`);
});

test.each([2, 20, 100])("%s verdicts of one step stay under it together", (parts) => {
  const run = {
    repositoryUrl: "https://github.com/acme/shop",
    failOn: "deny",
    fails: true,
  } as const;
  const judgement = judgementOf(longReasons(300));
  const more = { recorded: { unrecorded: "x" }, ownWorkflow: true };
  const summary = stepSummary(judgement, { ...run, ...more }, parts);
  expect(utf8Length(summary) * parts).toBeLessThan(1024 * 1024);
  expect(summary).toContain("more reasons left out here for want of room.");
});

test("a thousand reasons of usual length all stand in it", () => {
  const reasons = Array.from({ length: 1_000 }, (_, line) => reasonOf({ line }));
  expect(summaryOf(reasons).match(/^- \*\*DENY\*\*/gmu)).toHaveLength(1_000);
});
