import { expect, test } from "vitest";
import { nearest } from "../../../rules/policy/nearest.ts";

const words = ["delta", "before", "after", "added"];

test.each([
  { word: "detla", meant: "delta" },
  { word: "DELTA", meant: "delta" },
  { word: "add", meant: "added" },
  { word: "bef", meant: "before" },
  { word: "aftr", meant: "after" },
  { word: "a", meant: null },
  { word: "context", meant: null },
  { word: "x".repeat(65), meant: null },
  { word: "afxr", meant: null },
])("$word was meant to be $meant", ({ word, meant }) => {
  expect(nearest(word, words)).toBe(meant);
});

test.each([
  { what: "the closer of two", word: "abcdef", among: ["abcdxy", "abcdex"], meant: "abcdex" },
  { what: "one without a doubled letter", word: "deelta", among: ["delta"], meant: "delta" },
  { what: "one with two letters swapped", word: "macht", among: ["each", "match"], meant: "match" },
  { what: "the one that begins alike", word: "mach", among: ["each", "match"], meant: "match" },
  {
    what: "one of 64 letters",
    word: "x".repeat(64),
    among: ["x".repeat(63)],
    meant: "x".repeat(63),
  },
  { what: "none for a longer word", word: "x".repeat(65), among: ["x".repeat(64)], meant: null },
  {
    what: "none that lacks two letters at the front",
    word: "hellx",
    among: ["xxhello"],
    meant: null,
  },
  { what: "none that has two letters less", word: "xyzello", among: ["hello"], meant: null },
  { what: "none that shares one letter of two", word: "ab", among: ["xa"], meant: null },
])("the nearest is $what", ({ word, among, meant }) => {
  expect(nearest(word, among)).toBe(meant);
});
