import { expect, test } from "vitest";
import {
  asciiTwins,
  isFoldedName,
  isMixed,
  twinOf,
} from "../../../../rules/capabilities/tree/confusable-words.ts";

const word = (text: string, after = "") => ({ text, start: 0, after });

test("of the words of a text, those that are sought are its twins", () => {
  expect(asciiTwins("cope = rope - cope2", new Set(["cope", "hope"]))).toEqual(new Set(["cope"]));
});

test.each([
  { what: "a word of three look-alikes", text: "\u0440\u043E\u0441", twin: "poc" },
  { what: "a word of two", text: "\u0440\u043E", twin: null },
  { what: "a word that starts with an accent", text: "\u00E9\u0440\u043E\u0441", twin: null },
  { what: "a word that ends with an accent", text: "\u0440\u043E\u0441\u00E9", twin: null },
  { what: "a word in full width", text: "\uFF50\uFF4F\uFF43", twin: null },
])("the twin of $what is $twin", ({ text, twin }) => {
  expect(twinOf(word(text))).toBe(twin);
});

test.each([
  { what: "four ASCII letters around", text: "pa\u03B1yl", mixed: true },
  { what: "three", text: "pa\u03B1y", mixed: false },
])("a formula's letter with $what is a disguise: $mixed", ({ text, mixed }) => {
  expect(isMixed(word(text))).toBe(mixed);
});

test("Python folds no letters of another script", () => {
  expect(isFoldedName(word("\u{1D41E}val", "("))).toBe(true);
  expect(isFoldedName(word("\u0441\u043E\u0440\u0435", "("))).toBe(false);
});
