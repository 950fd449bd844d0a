import { expect, test } from "vitest";
import {
  nameOf,
  selectorNumber,
  taggedAscii,
  writtenOut,
} from "../../../../rules/capabilities/tree/code-points.ts";

test.each([
  { character: "\x07", name: "U+0007 BELL" },
  { character: "\v", name: "U+000B LINE TABULATION" },
  { character: "\x1B", name: "U+001B ESCAPE" },
  { character: "\u061C", name: "U+061C ARABIC LETTER MARK" },
  { character: "\u17B5", name: "U+17B5 KHMER VOWEL INHERENT AA" },
  { character: "\u200E", name: "U+200E LEFT-TO-RIGHT MARK" },
  { character: "\u200F", name: "U+200F RIGHT-TO-LEFT MARK" },
  { character: "\u202A", name: "U+202A LEFT-TO-RIGHT EMBEDDING" },
  { character: "\u202B", name: "U+202B RIGHT-TO-LEFT EMBEDDING" },
  { character: "\u202C", name: "U+202C POP DIRECTIONAL FORMATTING" },
  { character: "\u202D", name: "U+202D LEFT-TO-RIGHT OVERRIDE" },
  { character: "\u2061", name: "U+2061 FUNCTION APPLICATION" },
  { character: "\u2062", name: "U+2062 INVISIBLE TIMES" },
  { character: "\u2063", name: "U+2063 INVISIBLE SEPARATOR" },
  { character: "\u2067", name: "U+2067 RIGHT-TO-LEFT ISOLATE" },
  { character: "\u2068", name: "U+2068 FIRST STRONG ISOLATE" },
  { character: "\u2069", name: "U+2069 POP DIRECTIONAL ISOLATE" },
  { character: "\u206A", name: "U+206A INHIBIT SYMMETRIC SWAPPING" },
  { character: "\u206B", name: "U+206B ACTIVATE SYMMETRIC SWAPPING" },
  { character: "\u206C", name: "U+206C INHIBIT ARABIC FORM SHAPING" },
  { character: "\u206D", name: "U+206D ACTIVATE ARABIC FORM SHAPING" },
  { character: "\u206E", name: "U+206E NATIONAL DIGIT SHAPES" },
  { character: "\uFFFA", name: "U+FFFA INTERLINEAR ANNOTATION SEPARATOR" },
  { character: "\uFFFB", name: "U+FFFB INTERLINEAR ANNOTATION TERMINATOR" },
  { character: "\x9F", name: "U+009F CONTROL CHARACTER" },
  { character: "\uFFF0", name: "U+FFF0 HIDDEN CHARACTER" },
])("a character that hides is called $name", ({ character, name }) => {
  expect(nameOf(character)).toBe(name);
});

test("a text is written out character by character, in one piece", () => {
  expect(writtenOut("\u202Ea😀")).toBe("\\u{202E}\\u{61}\\u{1F600}");
});

test.each([
  { what: "the first", character: "\uFE00", number: 1 },
  { what: "the last of the first block", character: "\uFE0F", number: 16 },
  { what: "the first of the second block", character: "\u{E0100}", number: 17 },
  { what: "the last", character: "\u{E01EF}", number: 256 },
  { what: "a character before all blocks", character: "a", number: 0 },
  { what: "a character between the blocks", character: "\u{E00FF}", number: 0 },
  { what: "a character behind all blocks", character: "\u{E01F0}", number: 0 },
])("of the variation selectors, $what is number $number", ({ character, number }) => {
  expect(selectorNumber(character)).toBe(number);
});

test.each([
  { character: "\u{DFFFF}", ascii: null },
  { character: "\u{E0000}", ascii: "\0" },
  { character: "\u{E0041}", ascii: "A" },
  { character: "\u{E007F}", ascii: "\x7F" },
  { character: "\u{E0080}", ascii: null },
])("a tag character repeats its ASCII character: $ascii", ({ character, ascii }) => {
  expect(taggedAscii(character)).toBe(ascii);
});
