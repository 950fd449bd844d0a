import fc from "fast-check";
import { expect, test } from "vitest";
import { hidesCharacters, visible } from "../../../report/escape/visible.ts";
import { hostile } from "./arbitrary.ts";

test.each([
  { what: "ordinary text in any script", text: "été 漢字 → ok", shown: "été 漢字 → ok" },
  { what: "an escape sequence", text: "\u{1b}[2J", shown: "\\u{1b}[2J" },
  { what: "a C1 control", text: "\u{9b}2J", shown: "\\u{9b}2J" },
  { what: "a line break", text: "a\r\nb", shown: "a\\u{d}\\u{a}b" },
  { what: "a line separator", text: "a\u{2028}b", shown: "a\\u{2028}b" },
  { what: "a bidirectional override", text: "a\u{202e}b", shown: "a\\u{202e}b" },
  { what: "a bidirectional isolate", text: "a\u{2066}b", shown: "a\\u{2066}b" },
  { what: "a zero-width space", text: "a\u{200b}b", shown: "a\\u{200b}b" },
  { what: "tag characters", text: "\u{e0041}\u{e0042}", shown: "\\u{e0041}\\u{e0042}" },
  { what: "a variation selector", text: "a\u{e0100}", shown: "a\\u{e0100}" },
  { what: "a Hangul filler", text: "\u{3164}", shown: "\\u{3164}" },
  { what: "a blank Braille cell", text: "\u{2800}", shown: "\\u{2800}" },
  { what: "a lone surrogate", text: "a\u{d800}", shown: "a\\u{d800}" },
])("shows $what", ({ text, shown }) => {
  expect(visible(text)).toBe(shown);
});

test("nothing hides in what is shown, and only what hides is changed", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(hidesCharacters(visible(text))).toBe(false);
      expect(visible(text) === text).toBe(!hidesCharacters(text));
    }),
  );
});
