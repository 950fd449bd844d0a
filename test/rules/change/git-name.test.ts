import { expect, test } from "vitest";
import { isGitFolder, isGitModules } from "../../../rules/change/git-name.ts";

test.each([
  ".git",
  ".GIT",
  ".git ",
  ".git. .",
  "git~1",
  "GIT~1.",
  ".git::$INDEX_ALLOCATION",
  ".git:stream",
  ".g\u200cit",
  "\ufeff.Git",
])("%j is git's own folder somewhere", (name) => {
  expect(isGitFolder(name)).toBe(true);
});

test.each([".github", ".gitignore", "git", "git~2", ".git-", "a.git", " .git", ""])(
  "%j is git's own folder nowhere",
  (name) => {
    expect(isGitFolder(name)).toBe(false);
  },
);

test.each([
  ".gitmodules",
  ".GitModules",
  ".gitmodules.",
  "GITMOD~1",
  "gi7eba~1",
  ".gitmod\u200dules",
])("%j is .gitmodules somewhere", (name) => {
  expect(isGitModules(name)).toBe(true);
});

test.each([".gitmodule", "gitmodules", "gitmod~9", "xgitmod~1", "gitmod~10", ".gitmodules.bak"])(
  "%j is .gitmodules nowhere",
  (name) => {
    expect(isGitModules(name)).toBe(false);
  },
);
