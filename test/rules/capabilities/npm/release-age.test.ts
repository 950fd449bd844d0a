import { expect, test } from "vitest";
import { heldBack } from "../../../../rules/capabilities/npm/release-age.ts";

const MINUTE = 1;

test.each([
  ["59", 0],
  ["60", 1],
  ["1h", 1],
  ["3 H", 2],
  ["10800s", 2],
  ["0.5d", 4],
  ["1440", 5],
  ["1d", 5],
  ["1w", 11],
  ["99999999", 23],
  ["1y", 0],
  ["a day", 0],
  ["1d1h", 0],
])("%s holds back %i sorts of releases", (text, count) => {
  expect(heldBack(text, MINUTE, 1)).toHaveLength(count);
});

test("a number alone counts what its package manager counts in", () => {
  expect(heldBack("1", 24 * 60, 3)).toEqual(heldBack("1440", MINUTE, 3));
});

test("what holds back more holds back all that less does", () => {
  const more = heldBack("3d", MINUTE, 1).map(({ cause }) => cause);
  const less = heldBack("2d", MINUTE, 1).map(({ cause }) => cause);
  expect(more.slice(0, less.length)).toEqual(less);
  expect(more.length).toBeGreaterThan(less.length);
});
