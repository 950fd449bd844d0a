import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { judgeHistory } from "../../scripts/history/judge-history.ts";
import type { Outcome } from "../../scripts/history/outcome.ts";
import { summarize } from "../../scripts/history/summary.ts";
import { summaryText, totalText } from "../../scripts/history/summary-text.ts";
import * as workflows from "../cli/workflows.ts";
import { createFixtureRepository } from "../git/fixture-repository.ts";

const RELEASE = ".github/workflows/release.yml";
const WIDELY = "new-permissions";

describe("a history that is judged", () => {
  test("tells of each commit what changed since its first parent, of the first one all of it", async () => {
    await using repository = await createFixtureRepository();
    const first = await repository.commit({ [RELEASE]: workflows.RELEASE });
    const raised = await repository.commit({ [RELEASE]: workflows.RAISED });
    const same = await repository.commit({ "README.md": "hello\n" });
    const broken = await repository.commit({ [RELEASE]: "on: [\n" });
    const outcomes = await judgeHistory(repository.directory, 10, () => undefined);
    const told = outcomes.map((outcome) =>
      outcome.result === "judged"
        ? [outcome.commit, outcome.fired.map(({ policyId }) => policyId), outcome.unread]
        : outcome,
    );
    expect(told).toEqual([
      [broken, ["bailiff/incomplete-evidence"], 1],
      [same, [], 0],
      [raised, [WIDELY], 0],
      [first, expect.arrayContaining([WIDELY]), 0],
    ]);
  });

  test("has as many commits as were asked for", async () => {
    await using repository = await createFixtureRepository();
    await repository.commit({ a: "1" });
    const last = await repository.commit({ a: "2" });
    const outcomes = await judgeHistory(repository.directory, 1, () => undefined);
    expect(outcomes.map(({ commit }) => commit)).toEqual([last]);
  });
});

const judged: Outcome = {
  ...{ result: "judged", commit: "a".repeat(40), ms: 4, decision: "ALLOW", unread: 0 },
  ...{ fired: [], deltas: [] },
};
const denied: Outcome = {
  ...judged,
  ...{ commit: "b".repeat(40), ms: 9, decision: "DENY", unread: 1 },
  fired: [
    {
      ...{ policyId: WIDELY, decision: "DENY", reasons: 3 },
      first: { path: RELEASE, line: 6, message: "read → write\u001b[2J" },
    },
  ],
  deltas: [{ kind: "a.kind", delta: "raised", count: 3 }],
};
const again: Outcome = { ...denied, commit: "d".repeat(40) };
const crashed: Outcome = { result: "crashed", commit: "c".repeat(40), ms: 1, why: "a defect" };

describe("what a history comes to", () => {
  const summary = summarize("shop", [judged, denied, again, crashed], 1);

  test("is counted by decision, policy, kind and error", () => {
    expect(summary).toMatchObject({
      ...{ commits: 4, incomplete: 2, medianMs: 9 },
      decisions: { ALLOW: 1, WARN: 0, DENY: 2 },
      policies: [{ policyId: WIDELY, decision: "DENY", commits: 2, reasons: 6 }],
      capabilities: [{ kind: "a.kind", commits: 2, deltas: { raised: 6 } }],
      crashed: [{ commit: crashed.commit, why: "a defect" }],
      ...{ timedOut: [], refused: [] },
    });
    expect(summary.slowest[0]).toEqual({ commit: denied.commit, ms: 9 });
  });

  test("has as many examples as were asked for", () => {
    const sample = { commit: denied.commit, path: RELEASE, line: 6 };
    expect(summary.policies[0]?.samples).toMatchObject([sample]);
    expect(summarize("shop", [denied], 0).policies[0]?.samples).toEqual([]);
  });

  test.each([
    { when: "two commits", times: [4, 9], medianMs: 6.5 },
    { when: "three", times: [9, 1, 4], medianMs: 4 },
    { when: "none", times: [], medianMs: 0 },
  ])("has the median of $when", ({ times, medianMs }) => {
    const outcomes = times.map((ms) => ({ ...judged, ms }));
    expect(summarize("shop", outcomes, 0).medianMs).toBe(medianMs);
  });

  test("is told in the same digits throughout, and one commit as one", () => {
    const text = summaryText(summarize("shop", [{ ...judged, ms: 3.6 }], 0));
    expect(text).toContain("shop: 1 commit, 1 ALLOW");
    expect(text).toContain(`median 3.6 ms a commit, at most 3.6 ms; slowest: aaaaaaaaaaaa 3.6 ms`);
  });

  test("is shown alone and together, and commands no terminal", () => {
    const text = summaryText(summary) + totalText([summary, summary]);
    expect(text).not.toContain("\u001b");
    expect(text).toContain("shop: 4 commits, 1 ALLOW, 0 WARN, 2 DENY (50.0 %)");
    expect(text).toContain("1 crashed, 0 timed out, 0 refused, 2 with incomplete evidence");
    expect(text).toContain("all 2 repositories: 8 commits");
    expect(text).toMatch(/new-permissions +DENY +4 +50\.0 % +12\n/);
  });
});

describe("wrong usage is told in one line, exit 2", () => {
  test.each([
    { what: "no folder", args: [] },
    { what: "an unknown option", args: [".", "--nope"] },
    { what: "no commits", args: [".", "--commits", "0"] },
    { what: "fewer than none", args: [".", "--commits=-5"] },
    { what: "samples that are no number", args: [".", "--samples", "few"] },
    { what: "a folder that is no repository", args: [join(tmpdir(), "nowhere")] },
  ])("$what", ({ args }) => {
    const script = join(import.meta.dirname, "../../scripts/history.ts");
    const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
    expect(status).toBe(2);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});
