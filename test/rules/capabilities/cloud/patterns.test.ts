import { expect, test } from "vitest";
import { widerActions, widerPatterns } from "../../../../rules/capabilities/cloud/patterns.ts";

test.each([
  { pattern: "*", wider: [] },
  { pattern: "a/b", wider: ["*", "a/*"] },
  { pattern: "a/b*", wider: ["*", "a/*"] },
  { pattern: "a/*/c", wider: ["*", "a/*"] },
  { pattern: "a:b/c?", wider: ["*", "a:*", "a:b/*", "a:b/c*"] },
])("$pattern lies in $wider", ({ pattern, wider }) => {
  expect([...new Set(widerPatterns(pattern))]).toEqual(wider);
});

test.each([
  { action: "*", wider: [] },
  { action: "s3:*", wider: ["*"] },
  { action: "s3:GetObject", wider: ["*", "s3:*", "s3:get*", "s3:getobject*"] },
  { action: "s3:Get*", wider: ["*", "s3:*"] },
])("$action lies in $wider", ({ action, wider }) => {
  expect(widerActions(action)).toEqual(wider);
});

test("of a name with very many parts only some patterns are tried", () => {
  expect(widerPatterns("a/".repeat(1_000)).length).toBeLessThan(100);
});
