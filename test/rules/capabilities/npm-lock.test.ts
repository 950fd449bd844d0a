import { expect, test } from "vitest";
import { npmLock } from "../../../rules/capabilities/npm-lock.ts";
import { grantsIn, packagesIn, readingOf } from "./locked.ts";

const PATH = "package-lock.json";
const read = (content: object) => readingOf(npmLock, PATH, JSON.stringify(content, null, 1));
const packages = (entries: object) => packagesIn(read({ packages: entries }));

test.each([
  ["package-lock.json", "grants"],
  ["a/npm-shrinkwrap.json", "grants"],
  ["node_modules/.package-lock.json", "grants"],
  ["__fixtures__/package-lock.json", "resembles"],
  ["package-lock.json.orig", null],
])("%s is claimed: %s", (path, claim) => {
  expect(npmLock.claims(path)).toBe(claim);
});

const A = { version: "1.0.0", integrity: "sha512-A" };

test.each([
  {
    what: "named by the project",
    entries: { "": { devDependencies: { a: "^1" } }, "node_modules/a": A },
    seen: ["a 1.0.0 registry:npm direct sha512-A"],
  },
  {
    what: "named by a workspace",
    entries: { "packages/w": { dependencies: { a: "^1" } }, "node_modules/a": A },
    seen: ["a 1.0.0 registry:npm direct sha512-A"],
  },
  {
    what: "deeper down",
    entries: { "": { dependencies: { a: "^1" } }, "node_modules/@s/b/node_modules/a": A },
    seen: ["a 1.0.0 registry:npm indirect sha512-A"],
  },
  {
    what: "called otherwise",
    entries: { "node_modules/x": { ...A, name: "a" } },
    seen: ["a 1.0.0 registry:npm indirect sha512-A"],
  },
  {
    what: "without a digest",
    entries: { "node_modules/a": { version: "1.0.0" } },
    seen: ["a 1.0.0 registry:npm indirect"],
  },
  {
    what: "inside of another one",
    entries: { "node_modules/a": { version: "1.0.0", inBundle: true } },
    seen: ["a 1.0.0 registry:npm indirect no digest"],
  },
  {
    what: "a link",
    entries: { "node_modules/a": { resolved: "packages/a", link: true } },
    seen: ["a - path:file:packages/a indirect no digest"],
  },
  {
    what: "of git",
    entries: { "node_modules/a": { ...A, resolved: "git+ssh://git@github.com/o/a.git#00" } },
    seen: ["a 1.0.0 git:github.com/o/a indirect no digest"],
  },
  {
    what: "twice the same",
    entries: { "node_modules/a": A, "node_modules/b/node_modules/a": A },
    seen: ["a 1.0.0 registry:npm indirect sha512-A"],
  },
])("a package is read: $what", ({ entries, seen }) => {
  expect(packages(entries)).toEqual(seen);
});

test("packages as before npm 7 are read, however deep they stand", () => {
  const dependencies = {
    a: { ...A, dependencies: { b: { version: "npm:c@2.0.0", integrity: "sha512-C" } } },
    d: { version: "git+https://github.com/o/d.git#00" },
  };
  expect(packagesIn(read({ dependencies }))).toEqual([
    "a 1.0.0 registry:npm unknown sha512-A",
    "c 2.0.0 registry:npm unknown sha512-C",
    "d git+https://github.com/o/d.git#00 git:github.com/o/d unknown no digest",
  ]);
});

test.each([
  {
    what: "a script",
    entry: { ...A, hasInstallScript: true },
    seen: ["6 npm.dependency-script a"],
  },
  { what: "no script", entry: { ...A, hasInstallScript: false }, seen: [] },
  {
    what: "another package's address",
    entry: { ...A, resolved: "https://registry.npmjs.org/b/-/b-1.0.0.tgz" },
    seen: ["6 npm.substitution a"],
  },
  {
    what: "another version's address",
    entry: { ...A, resolved: "https://registry.yarnpkg.com/a/-/a-1.0.1.tgz" },
    seen: ["6 npm.substitution a"],
  },
  {
    what: "its own address",
    entry: { ...A, resolved: "https://registry.npmjs.org/a/-/a-1.0.0.tgz" },
    seen: [],
  },
])("a package with $what grants $seen", ({ entry, seen }) => {
  expect(grantsIn(read({ packages: { "node_modules/a": entry } }))).toEqual(seen);
});

test.each([
  { when: "it is no object", text: "[]", code: "no-lock" },
  { when: "it is no JSON", text: "<<<<<<<", code: "not-json" },
  {
    when: "a package stands twice",
    text: '{"packages":{"node_modules/a":{},"node_modules/a":{}}}',
    code: "duplicate-key",
  },
])("it is not understood where $when", ({ text, code }) => {
  expect(readingOf(npmLock, PATH, text)).toMatchObject({ understood: false, code });
});
