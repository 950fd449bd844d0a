import { expect, test } from "vitest";
import { changesSource } from "../../../../rules/capabilities/tree/changed-source.ts";
import { type At, changeOfPaths } from "./tree-change.ts";

function isSource(path: string, at: At = "x"): boolean {
  return changesSource(changeOfPaths({}, { [path]: at }));
}

test.each([
  "package.json",
  "package-lock.json",
  "npm-shrinkwrap.json",
  "yarn.lock",
  "pnpm-lock.yaml",
  "pnpm-workspace.yaml",
  "bun.lock",
  "bun.lockb",
  "deno.lock",
  "go.mod",
  "go.sum",
  "go.work",
  "Cargo.toml",
  "Cargo.lock",
  "pyproject.toml",
  "requirements.txt",
  "requirements-dev.txt",
  "poetry.lock",
  "Pipfile",
  "Pipfile.lock",
  "Gemfile",
  "Gemfile.lock",
  "gradle.lockfile",
  "composer.json",
  "pom.xml",
  "App.csproj",
  "packages.lock.json",
  "pubspec.yaml",
  "Package.resolved",
  ".gitmodules",
])("a manifest is source wherever it lies: %s", (name) => {
  expect(isSource(name)).toBe(true);
  expect(isSource(`docs/${name}`)).toBe(true);
});

test.each(["my-package.json", "package.json.bak", "requirements.md", ".csproj"])(
  "what only resembles a manifest's name is none: docs/%s",
  (name) => {
    expect(isSource(`docs/${name}`)).toBe(false);
  },
);

test.each([
  "test",
  "tests",
  "__tests__",
  "spec",
  "specs",
  "e2e",
  "fixture",
  "fixtures",
  "__fixtures__",
  "doc",
  "docs",
  "documentation",
  "example",
  "examples",
  "sample",
  "samples",
])("nothing is made from what lies below %s/", (folder) => {
  expect(isSource(`${folder}/a.ts`)).toBe(false);
  expect(isSource(`src/${folder}/b/a.ts`)).toBe(false);
});

test.each(["src/a.test.ts", "src/a_spec.rb", "src/a-test.js", "test_a.py", "src/test_parser.py"])(
  "nothing is made from a test beside the source: %s",
  (path) => {
    expect(isSource(path)).toBe(false);
  },
);

test.each([
  "src/latest.ts",
  "src/contest/a.ts",
  "src/a.test.v2/b.ts",
  "src/my_test_a.py",
  "src/test_a.pyx",
])("what only resembles a test's name is source: %s", (path) => {
  expect(isSource(path)).toBe(true);
});

test.each(["json", "yaml", "yml", "toml", "xml", "csv", "svg"])(
  "code is made from data, but not from settings: %s",
  (extension) => {
    expect(isSource(`src/a.${extension}`)).toBe(true);
    expect(isSource(`.tool.${extension}`)).toBe(false);
    expect(isSource(`a/.tool/b.${extension}`)).toBe(false);
  },
);

test("what describes an action is compiled into none, what only begins as its name is data", () => {
  expect(isSource("action.yml")).toBe(false);
  expect(isSource("a/action.yaml")).toBe(false);
  expect(isSource("action.yml.json")).toBe(true);
});

test.each<{ what: string; at: At }>([
  { what: "a link", at: { link: "b.ts" } },
  { what: "a submodule", at: { submodule: "1".repeat(40) } },
])("$what is no source", ({ at }) => {
  expect(isSource("src/a.ts", at)).toBe(false);
});

test("what was not read may be source", () => {
  expect(isSource("src/a.ts", { unread: "too-large" })).toBe(true);
});
