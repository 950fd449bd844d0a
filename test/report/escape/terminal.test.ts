import fc from "fast-check";
import { expect, test } from "vitest";
import { terminalText } from "../../../report/escape/terminal.ts";
import { hostile } from "./arbitrary.ts";

test.each([
  { what: "a command at the line's start", text: "::add-mask::x", shown: "\\u{3a}:add-mask::x" },
  { what: "a command after blanks", text: " \u{a0}::error::x", shown: " \u{a0}\\u{3a}:error::x" },
  { what: "an old command anywhere", text: "a ##[add-mask]x", shown: "a ##\\u{5b}add-mask]x" },
  { what: "colons inside a line", text: "a::b", shown: "a::b" },
  { what: "a heading's signs", text: "## a", shown: "## a" },
])("$what is written so that a runner does not obey it", ({ text, shown }) => {
  expect(terminalText(text)).toBe(shown);
});

test("no text can move a cursor, break a line or command a runner", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = terminalText(text);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(shown.trimStart().startsWith("::")).toBe(false);
      expect(shown).not.toContain("##[");
    }),
  );
});
