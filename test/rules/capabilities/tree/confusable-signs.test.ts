import { expect, test } from "vitest";
import { confusableSigns } from "../../../../rules/capabilities/tree/confusable-signs.ts";

test.each([
  { sign: "\u01C0", looksLike: "|" },
  { sign: "\u01C1", looksLike: "||" },
  { sign: "\u01C3", looksLike: "!" },
  { sign: "\u037E", looksLike: ";" },
  { sign: "\u0589", looksLike: ":" },
  { sign: "\u2024", looksLike: "." },
  { sign: "\u2044", looksLike: "/" },
  { sign: "\u2215", looksLike: "/" },
  { sign: "\uA789", looksLike: ":" },
  { sign: "\uFF1B", looksLike: ";" },
])("$sign looks like $looksLike, and is found where it stands first", ({ sign, looksLike }) => {
  expect(confusableSigns(`f()${sign}x${sign}`)).toEqual([{ text: sign, looksLike, start: 3 }]);
});

test.each([
  { what: "a click before a capital at the start", line: "\u01C0Xam" },
  { what: "a dental click between letters of its script", line: "Juʼ\u01C0ʼhoan" },
  { what: "a lateral click between letters of its script", line: "Juʼ\u01C1ʼhoan" },
  { what: "a colon between letters other than ASCII's", line: "é\uA789é" },
  { what: "a semicolon in a line of Japanese", line: "名前\uFF1Bx" },
])("$what is what it says", ({ line }) => {
  expect(confusableSigns(line)).toEqual([]);
});

test.each([
  { what: "a click behind a capital at the end", line: "X\u01C3" },
  { what: "a colon between digits", line: "1\uA7892" },
  { what: "a semicolon alone", line: "\uFF1B" },
])("$what is not", ({ line }) => {
  expect(confusableSigns(line)).toHaveLength(1);
});
