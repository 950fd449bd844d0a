import fc from "fast-check";

/** What an attacker would write: every kind of unit, and the fragments that are commands somewhere. */
const fragments = fc.constantFrom(
  ...Array.from(
    "`~\\|<>[](){}*_#@!:;,.'\"/-+=$%&\n\r\t\u{1b}\u{7f}\u{85}\u{9b}\u{2028}\u{202e}\u{200b}\u{feff}\u{e0041}\u{fe0f}",
  ),
  "::error::",
  "##[group]",
  "%0A",
  "https://evil.example",
  "www.evil.example",
  "@acme/security",
  "#123",
  "GH-123",
  ":tada:",
  "<!--",
  "```",
  "[x](y)",
  "![x](y)",
  "&#64;",
  "1. ",
  "  ",
  "\u{d800}",
  "é",
  "漢字",
  "word",
);

export const hostile = fc
  .array(fc.oneof(fragments, fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 24 })
  .map((parts) => parts.join(""));
