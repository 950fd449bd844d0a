import { expect, test } from "vitest";
import { crowdedRuns, withoutRuns } from "../../../../rules/capabilities/secrets/crowded-runs.ts";

const START = `ghs_1_`;

test.each([
  { what: "eight starts in a row", text: START.repeat(8), runs: 0 },
  { what: "nine starts in a row", text: START.repeat(9), runs: 1 },
  { what: "nine starts with words between", text: `${START}a.b-`.repeat(9), runs: 1 },
  { what: "nine starts, one a line", text: `${START}\n`.repeat(9), runs: 0 },
  { what: "nine starts twice", text: `${START.repeat(9)} ${START.repeat(9)}`, runs: 2 },
])("crowded is $what: $runs", ({ text, runs }) => {
  expect(crowdedRuns(text)).toHaveLength(runs);
});

test("runs are blanked, and nothing else is moved", () => {
  const text = `a ${START.repeat(9)} b ${START.repeat(9)}\nc`;
  const [one, other] = crowdedRuns(text);
  expect(one?.value).toBe(START.repeat(9));
  expect(text.slice(other?.start, other?.end)).toBe(START.repeat(9));
  const blank = " ".repeat(START.length * 9);
  expect(withoutRuns(text, crowdedRuns(text))).toBe(`a ${blank} b ${blank}\nc`);
  expect(withoutRuns("a", [])).toBe("a");
});
