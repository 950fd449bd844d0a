import fc from "fast-check";
import { expect, test } from "vitest";
import { pathBytes, pathText } from "../../../rules/change/path-text.ts";

test.each([
  { when: "plain ASCII", bytes: "73 72 63 2f 61 2e 74 73", text: "src/a.ts" },
  { when: "UTF-8 of two, three and four bytes", bytes: "c3 a9 e2 82 ac f0 9f 8d 8b", text: "é€🍋" },
  { when: "the first and last of three bytes", bytes: "e0 a0 80 ed 9f bf", text: "\u0800\ud7ff" },
  { when: "the first of two bytes", bytes: "c2 80", text: "\u0080" },
  { when: "a byte order mark", bytes: "ef bb bf 61", text: "\ufeffa" },
  { when: "a line break and a tab", bytes: "61 0a 09", text: "a\n\t" },
  { when: "a backslash", bytes: "61 5c 78 66 66", text: "a\\\\xff" },
  { when: "a Latin-1 byte", bytes: "63 61 66 e9", text: "caf\\xe9" },
  { when: "an overlong slash", bytes: "c0 af", text: "\\xc0\\xaf" },
  { when: "an overlong three-byte form", bytes: "e0 9f bf", text: "\\xe0\\x9f\\xbf" },
  { when: "an overlong four-byte form", bytes: "f0 8f bf bf", text: "\\xf0\\x8f\\xbf\\xbf" },
  { when: "an encoded surrogate", bytes: "ed a0 80", text: "\\xed\\xa0\\x80" },
  { when: "more than U+10FFFF", bytes: "f4 90 80 80", text: "\\xf4\\x90\\x80\\x80" },
  { when: "a first byte that no sequence has", bytes: "f5 80 80 80", text: "\\xf5\\x80\\x80\\x80" },
  { when: "a sequence cut short at the end", bytes: "61 e2 82", text: "a\\xe2\\x82" },
  { when: "a sequence broken in its last byte", bytes: "e2 82 61", text: "\\xe2\\x82a" },
  { when: "a sequence whose last byte begins another", bytes: "e2 82 c3", text: "\\xe2\\x82\\xc3" },
])("$when is written and read back", ({ bytes, text }) => {
  const raw = Uint8Array.from(bytes.split(" ").map((byte) => Number.parseInt(byte, 16)));
  expect(pathText(raw)).toBe(text);
  expect(pathBytes(text)).toEqual(raw);
});

test.each([
  { when: "a lone backslash", text: "a\\b" },
  { when: "a backslash at the end", text: "a\\" },
  { when: "an upper-case escape", text: "\\xFF" },
  { when: "an escape that needs none", text: "\\x61" },
  { when: "escapes that are valid UTF-8 together", text: "\\xc3\\xa9" },
  { when: "a lone surrogate", text: "\ud800" },
])("$when is no path text", ({ text }) => {
  expect(pathBytes(text)).toBeNull();
});

test("any bytes survive the round trip, and no two share a text", () => {
  const bytes = fc.uint8Array({ maxLength: 12 });
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      expect(pathBytes(pathText(one))).toEqual(one);
      expect(pathText(one) === pathText(other)).toBe(Buffer.compare(one, other) === 0);
    }),
  );
});

test("any text that reads as a path is written the same way again", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "\\", "x", "f", "c", "3", "é") }),
      (text) => {
        const bytes = pathBytes(text);
        if (bytes !== null) expect(pathText(bytes)).toBe(text);
      },
    ),
  );
});
