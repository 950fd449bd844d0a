import fc from "fast-check";
import { expect, test } from "vitest";
import { compareBytes } from "../../../rules/change/path-order.ts";

test("text is ordered as its UTF-8 bytes are", () => {
  const text = fc.string({ unit: "binary", maxLength: 8 });
  fc.assert(
    fc.property(text, text, (left, right) => {
      const bytes = Buffer.compare(Buffer.from(left), Buffer.from(right));
      expect(Math.sign(compareBytes(left, right))).toBe(bytes);
    }),
  );
});

test.each([
  ["\uFB01", "\u{1F600}"],
  ["\uE000", "\u{10FFFF}"],
  ["\uD7FF", "\u{10000}"],
  ["\uD7FF", "\uE000"],
  ["\uFFFF", "\u{10000}"],
  ["a", "ab"],
])("%j comes before %j", (left, right) => {
  expect(compareBytes(left, right)).toBeLessThan(0);
  expect(compareBytes(right, left)).toBeGreaterThan(0);
});
