import { expect, test } from "vitest";
import { shownContext, windowOf } from "../../../../rules/capabilities/tree/shown-context.ts";

test.each([
  { spot: 5, length: 75, start: 5 },
  { spot: 50, length: 100, start: 30 },
  { spot: 195, length: 35, start: 30 },
])("the window of $spot has $length units and the spot at $start", ({ spot, length, start }) => {
  const line = Array.from({ length: 200 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join("");
  const window = windowOf(line, spot);
  expect(window.text).toHaveLength(length);
  expect(window.start).toBe(start);
  expect(window.text.charAt(start)).toBe(line.charAt(spot));
});

test.each([
  { pieces: 120, held: "a".repeat(120) },
  { pieces: 121, held: `${"a".repeat(120)}…` },
])("of $pieces characters that are held at most 120 are shown", ({ pieces, held }) => {
  const context = shownContext("a", Array<string>(pieces).fill("a"));
  expect(context).toBe(`an editor shows "a" where the file holds "${held}"`);
});
