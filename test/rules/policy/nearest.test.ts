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
])("$word was meant to be $meant", ({ word, meant }) => {
  expect(nearest(word, words)).toBe(meant);
});
