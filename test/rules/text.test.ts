import fc from "fast-check";
import { expect, test } from "vitest";
import { cutText, wellFormed } from "../../rules/text.ts";

test.each([
  { text: "abcdef", maxBytes: 6, cut: "abcdef" },
  { text: "abcdefg", maxBytes: 6, cut: "abc…" },
  { text: "äöüß", maxBytes: 7, cut: "äö…" },
  { text: "äöüß", maxBytes: 6, cut: "ä…" },
  { text: "😀😀", maxBytes: 7, cut: "😀…" },
  { text: "😀😀", maxBytes: 6, cut: "…" },
])("$text in $maxBytes bytes is $cut", ({ text, maxBytes, cut }) => {
  expect(cutText(text, maxBytes)).toBe(cut);
});

test("no cut text is longer than it may be, or holds half a character", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      fc.integer({ min: 3, max: 40 }),
      (text, maxBytes) => {
        const whole = text.toWellFormed();
        const cut = cutText(whole, maxBytes);
        expect(new TextEncoder().encode(cut).length).toBeLessThanOrEqual(maxBytes);
        expect(whole.startsWith(cut.replace(/…$/, ""))).toBe(true);
      },
    ),
  );
});

test("lone surrogates are replaced wherever they stand, all else stays", () => {
  const value = { a: ["\ud800", 1, null, true], b: { c: "\udc00x" } };
  expect(wellFormed(value)).toEqual({ a: ["\ufffd", 1, null, true], b: { c: "\ufffdx" } });
});
