import { expect, test } from "vitest";
import { isFixturePath } from "../../../../rules/capabilities/secrets/fixture-paths.ts";

test.each([
  "test/a.js",
  "src/__tests__/a.js",
  "pkg/testdata/key.pem",
  "Docs/setup.md",
  "packages/a-examples/.env",
  "src/a.test.ts",
  "pkg/a_test.go",
  "test_a.py",
  "conftest.py",
  "src/main/ATest.java",
  "a.snap",
])("%s is a path of tests, examples or documents", (path) => {
  expect(isFixturePath(path)).toBe(true);
});

test.each(["src/a.js", "contest/a.js", "latest.json", "README.md", "attestation.go", "Unit.cs"])(
  "%s is none",
  (path) => {
    expect(isFixturePath(path)).toBe(false);
  },
);
