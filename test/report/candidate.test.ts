import { describe, expect, test } from "vitest";
import { candidateMarkdown } from "../../report/candidate-markdown.ts";
import { candidateText } from "../../report/candidate-text.ts";
import { utf8Length } from "../../report/fit.ts";
import type { CandidateReview, CommitFlip } from "../../rules/candidate/review.ts";

const flip: CommitFlip = {
  ...{ commit: "a".repeat(40), date: "2026-01-31T00:00:00.000Z", before: "WARN", after: "DENY" },
  ...{ policyIds: ["code"], why: "src/a is code" },
};
const review: CandidateReview = {
  ...{ policies: "sound", problems: 0, here: "same" },
  cases: { tried: 3, failed: 1, ranges: 2, untried: 4 },
  backtest: { commits: 50, untold: 6, flips: [flip], ended: "whole" },
};

/** What a line with that label says, as text and as Markdown. */
function lines(label: string, more: Partial<CandidateReview>): string[] {
  const told = { ...review, ...more };
  return [candidateText(told), candidateMarkdown(told)].map((shown) => {
    const line = shown.split("\n").find((one) => one.trim().replace(/^- /, "").startsWith(label));
    return (line ?? "").replace(/^[ -]*[A-Za-z -]+: */, "").replaceAll("`", "");
  });
}

describe("what is told of policies that a change brings", () => {
  test.each<[string, Partial<CandidateReview>, string]>([
    ["Lint", {}, "no problem"],
    ["Lint", { policies: "broken", problems: 2 }, "2 problems, each a reason at its line"],
    ["Lint", { policies: "broken" }, "they cannot be read; see the reason"],
    ["Lint", { policies: "untouched" }, "the policies are as they were, only their cases change"],
    ["Cases", {}, "2 of 3 as wanted; 2 about commits, which policy test tries; 4 not tried"],
    ["Cases", { cases: null }, "none were tried beside them"],
    ["Cases", { policies: "broken", cases: null }, ""],
    ["This change", {}, "they decide the same of it"],
    ["This change", { here: "untold" }, "they ask for facts that were not gathered"],
    [
      "This change",
      { here: flip },
      "WARN by the present policies, DENY by these (code: src/a is code)",
    ],
    ["This change", { here: null }, ""],
    [
      "Back-test",
      {},
      "1 verdict would flip over the last 50 commits of the base; 6 cannot be told, for facts that nobody knows of the past",
    ],
    [
      "Back-test",
      { backtest: { commits: 7, untold: 0, flips: [], ended: "time" } },
      "no verdict flips over the last 7 commits of the base; then the time was up",
    ],
    [
      "Back-test",
      { backtest: { commits: 1, untold: 0, flips: [], ended: { failed: "no such host" } } },
      "no verdict flips over the last commit of the base; then it failed: no such host",
    ],
    ["Back-test", { backtest: null }, ""],
  ])("%s: %j", (label, more, said) => {
    expect(lines(label, more)).toEqual([said, said]);
  });
});

describe("what policies say, which whoever proposes them writes", () => {
  const hostile =
    "a | b \\| @octocat [x](https://e.example) ` | ![i](//e.example/i) </td>\n\n# x\x1b[2J";
  const told = {
    ...review,
    here: { ...flip, why: hostile },
    backtest: { commits: 1, untold: 0, flips: [{ ...flip, why: hostile }], ended: "whole" },
  } as const;

  test("tears no cell of the table open, and begins no line of its own", () => {
    const shown = candidateMarkdown(told);
    const row = shown.split("\n").find((line) => line.includes("aaaaaaaaaaaa")) ?? "";
    expect(row.split("|")).toHaveLength(7);
    const bare = row.replace(/(`+)(?:(?!`)[\s\S]|(?!\1)`)*?\1/g, "");
    expect(bare).not.toMatch(/@|\]\(|<|!\[/);
    expect(shown).not.toMatch(/^# x/m);
  });

  test("commands no terminal", () => {
    expect(candidateText(told)).not.toContain("\x1b");
  });

  test("leaves room for the reasons, however much it is", () => {
    const flips = Array.from({ length: 50 }, () => ({ ...flip, why: "*`".repeat(2_000) }));
    const shown = candidateMarkdown({ ...review, backtest: { ...told.backtest, flips } });
    expect(utf8Length(shown)).toBeLessThan(40_000);
    expect(shown).toContain("30 more flips left out here.");
  });
});
