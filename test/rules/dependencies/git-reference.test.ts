import { expect, test } from "vitest";
import { rangeOfGitReference } from "../../../rules/dependencies/git-reference.ts";

const COMMIT = "0a1b2c3d4e".repeat(4);

test.each([
  [COMMIT, "exact"],
  [COMMIT.toUpperCase(), "exact"],
  ["0".repeat(64), "exact"],
  [COMMIT.slice(2), "bounded"],
  ["v1.2.3-rc.1", "bounded"],
  ["2024.1", "bounded"],
  ["main", "open"],
  ["version", "open"],
  ["", "open"],
  [`${COMMIT} x`, "open"],
])("a reference to %s is %s", (reference, range) => {
  expect(rangeOfGitReference(reference)).toBe(range);
});
