import { expect, test } from "vitest";
import { npmLock } from "../../../rules/capabilities/npm-lock.ts";
import { readCapabilities } from "../../../rules/capabilities/read-change.ts";
import { diffDependencies } from "../../../rules/dependencies/differ.ts";
import { changeOf } from "./changes.ts";
import { grantsIn, packagesIn, readingOf } from "./locked.ts";

const PATH = "package-lock.json";
const read = (content: object) => readingOf(npmLock, PATH, JSON.stringify(content, null, 1));
const packages = (entries: object) => packagesIn(read({ packages: entries }));

test.each([
  ["package-lock.json", "grants"],
  ["a/npm-shrinkwrap.json", "grants"],
  ["node_modules/.package-lock.json", "grants"],
  ["Package-Lock.json", "grants"],
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
    what: "inside of another one, to whose digest it is held",
    entries: {
      "node_modules/b": { ...A, bundleDependencies: ["c"] },
      "node_modules/b/node_modules/c/node_modules/a": { version: "1.0.0", inBundle: true },
    },
    seen: ["b 1.0.0 registry:npm indirect sha512-A"],
  },
  {
    what: "that is called bundled, by none that bundles",
    entries: {
      "": { bundleDependencies: ["a"] },
      "node_modules/b": { ...A, bundleDependencies: [] },
      "node_modules/b/node_modules/a": { version: "1.0.0", inBundle: true },
    },
    seen: ["b 1.0.0 registry:npm indirect sha512-A", "a 1.0.0 registry:npm indirect"],
  },
  {
    what: "with an address for its version, which npm fetches",
    entries: { "node_modules/a": { version: "https://h/a.tgz", inBundle: true } },
    seen: ["a https://h/a.tgz url:h/a.tgz indirect"],
  },
  {
    what: "that is called bundled and has an address of its own",
    entries: {
      "node_modules/a": {
        ...{ version: "1.0.0", inBundle: true },
        resolved: "https://registry.npmjs.org/a/-/a-1.0.0.tgz",
      },
    },
    seen: ["a 1.0.0 registry:npm indirect"],
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

test.each([
  { asked: "^1.0.0", seen: ["11 npm.renamed a"] },
  { asked: "npm:b@^1.0.0", seen: [] },
  { asked: "github:acme/b", seen: [] },
  { asked: "file:../b", seen: [] },
])("another package stands where one looks for a@$asked", ({ asked, seen }) => {
  const entries = {
    "node_modules/c": { ...A, dependencies: { a: asked } },
    "node_modules/c/node_modules/a": { ...A, name: "b" },
  };
  expect(grantsIn(read({ packages: entries }))).toEqual(seen);
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
    what: "the address of a version that ends as it does",
    entry: { ...A, resolved: "https://registry.npmjs.org/a/-/a-0.9.0-1.0.0.tgz" },
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

test("the digest of what the project itself bundles is compared", () => {
  const lock = (integrity: string) => ({
    [PATH]: JSON.stringify({
      packages: {
        "": { bundleDependencies: ["a"] },
        "node_modules/a": {
          ...{ version: "1.0.0", inBundle: true, integrity },
          resolved: "https://registry.npmjs.org/a/-/a-1.0.0.tgz",
        },
      },
    }),
  });
  const { listing, contents } = changeOf(lock("sha512-A"), lock("sha512-B"));
  const { dependencies } = readCapabilities(listing, contents);
  expect(diffDependencies({ ...dependencies, listing })).toMatchObject([{ integrity: "changed" }]);
});
