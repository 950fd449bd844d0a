import { expect, test } from "vitest";
import { isTestFile, testedName } from "../../../../rules/capabilities/tree/test-files.ts";

test.each([
  ["a/user_test.go", "user"],
  ["test_user.py", "user"],
  ["tests/user_test.py", "user"],
  ["src/user.test.ts", "user"],
  ["src/user.spec.mjs", "user"],
  ["user-test.js", "user"],
  ["src/__tests__/user.tsx", "user"],
  ["src/test/java/a/User.java", "user"],
  ["app/UserTest.java", "user"],
  ["app/UserTests.cs", "user"],
  ["app/UserIT.kt", "user"],
  ["app/HTTPTest.java", "http"],
  ["app/ASpec.scala", "a"],
  ["spec/models/user_spec.rb", "user"],
  ["tests/user.rs", "user"],
  ["tests/UserTest.php", "user"],
  ["AppTests/UserTests.swift", "user"],
  ["user_unittest.cc", "user"],
  ["test/user.bats", "user"],
  ["t/user.t", "user"],
])("%s is a test of %s", (path, name) => {
  expect([isTestFile(path), testedName(path)]).toEqual([true, name]);
});

test.each([
  "src/user.ts",
  "src/latest.js",
  "src/contest.py",
  "docs/test.md",
  "test/data.json",
  "vendor/a/user_test.go",
  "testdata/user_test.go",
  "node_modules/a/user.test.js",
  "Latest.java",
  "AUDIT.java",
])("%s is no test", (path) => {
  expect(isTestFile(path)).toBe(false);
});
