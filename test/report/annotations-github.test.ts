import { expect, test } from "vitest";
import { githubCommands } from "../../report/annotations-github.ts";
import { approval, judgementOf, reasonOf } from "./judgement.ts";

test("a denial becomes an error at its line, and the last line gives the decision", () => {
  expect(githubCommands(judgementOf([reasonOf()])).split("\n")).toEqual([
    "::error file=.github/workflows/release.yml,line=14,endLine=14,title=DENY%3A new-permissions::jobs.release: contents read → write%0ATo settle: an approval of 1f2e3d4 by someone who may write",
    "::error title=bailiff%3A DENY::1 reason has to be settled before this change may enter",
    "",
  ]);
});

test.each([
  {
    when: "a warning",
    reasons: [reasonOf({ decision: "WARN" })],
    commands: ["warning", "warning"],
  },
  {
    when: "a settled denial",
    reasons: [reasonOf({ settledBy: [approval] })],
    commands: ["notice", "notice"],
  },
  { when: "nothing", reasons: [], commands: ["notice"] },
])("$when gives its commands", ({ reasons, commands }) => {
  const lines = githubCommands(judgementOf(reasons)).trimEnd().split("\n");
  expect(lines.map((line) => /^::(\w+) /u.exec(line)?.[1])).toEqual(commands);
});

test("a simulation ends in a notice that says so", () => {
  const commands = githubCommands(judgementOf([reasonOf()], { simulation: true }));
  expect(commands).toMatch(/::notice title=bailiff%3A DENY::In simulation, nothing is enforced: /u);
});

test("reasons without a line at head are counted", () => {
  const commands = githubCommands(judgementOf([reasonOf({ path: "gone.yml" })]));
  expect(commands).toContain("(1 reason without a line at head)");
});
