import { expect, test } from "vitest";
import { pnpmLock } from "../../../rules/capabilities/pnpm-lock.ts";
import { grantsIn, packagesIn, readingOf } from "./locked.ts";

const read = (text: string) => readingOf(pnpmLock, "pnpm-lock.yaml", text);
const DIRECT =
  "importers:\n  .:\n    dependencies:\n      a:\n        specifier: ^1\n        version: ";

test.each([
  ["pnpm-lock.yaml", "grants"],
  ["fixtures/pnpm-lock.yaml", "resembles"],
  ["pnpm-lock.yml", null],
])("%s is claimed: %s", (path, claim) => {
  expect(pnpmLock.claims(path)).toBe(claim);
});

test.each([
  {
    text: "packages:\n  a@1.0.0:\n    resolution: {integrity: sha512-A}\n",
    seen: "a 1.0.0 registry:npm indirect sha512-A",
  },
  {
    text: "packages:\n  /a@1.0.0(b@2.0.0):\n    resolution: {integrity: sha512-A}\n",
    seen: "a 1.0.0 registry:npm indirect sha512-A",
  },
  {
    text: "packages:\n  /@s/a/1.0.0_b@2.0.0:\n    resolution: {integrity: sha512-A}\n",
    seen: "@s/a 1.0.0 registry:npm indirect sha512-A",
  },
  {
    text: `${DIRECT}1.0.0(b@2.0.0)\npackages:\n  a@1.0.0: {}\n`,
    seen: "a 1.0.0 registry:npm direct",
  },
  {
    text: "dependencies:\n  a: 1.0.0\npackages:\n  /a/1.0.0: {}\n",
    seen: "a 1.0.0 registry:npm direct",
  },
  {
    text: "packages:\n  a@1.0.0:\n    resolution: {tarball: 'https://h/a.tgz'}\n",
    seen: "a 1.0.0 url:h/a.tgz indirect",
  },
  {
    text: "packages:\n  a@1.0.0:\n    resolution: {type: git, repo: 'https://h/a', commit: '00'}\n",
    seen: "a 1.0.0 git:h/a indirect no digest",
  },
  {
    text: "packages:\n  a@file:a:\n    resolution: {directory: a, type: directory}\n",
    seen: "a file:a path:file:a indirect no digest",
  },
  {
    text: "packages:\n  'a@https://h/a.tgz': {}\n",
    seen: "a https://h/a.tgz url:h/a.tgz indirect",
  },
  {
    text: "packages:\n  k:\n    name: a\n    version: 1.0.0\n",
    seen: "a 1.0.0 registry:npm indirect",
  },
])("an entry is read: $seen", ({ text, seen }) => {
  expect(packagesIn(read(text))).toEqual([seen]);
});

test("each platform's file of a package is one of its own, and so is each document's", () => {
  const variants = ["x", "y"].map((host) => `      - resolution: {url: 'https://${host}/n'}\n`);
  const text = `---\npackages:\n  node@1.0.0:\n    resolution:\n      variants:\n${variants.join("")}---\npackages:\n  a@1.0.0: {}\n`;
  expect(packagesIn(read(text))).toEqual([
    "node 1.0.0 url:x/n indirect",
    "node 1.0.0 url:y/n indirect",
    "a 1.0.0 registry:npm indirect",
  ]);
});

test.each([
  { rest: "requiresBuild: true", seen: ["3 npm.dependency-script a"] },
  { rest: "requiresBuild: false", seen: [] },
  {
    rest: "resolution: {tarball: 'https://registry.npmjs.org/b/-/b-1.0.0.tgz'}",
    seen: ["3 npm.substitution a"],
  },
])("a package with $rest grants $seen", ({ rest, seen }) => {
  expect(grantsIn(read(`packages:\n  a@1.0.0:\n    ${rest}\n`))).toEqual(seen);
});

const importer = (specifier: string, version: string) =>
  `importers:\n  .:\n    dependencies:\n      a:\n        specifier: ${specifier}\n        version: ${version}\n`;
const catalog = (specifier: string) =>
  `catalogs:\n  default:\n    a:\n      specifier: ${specifier}\n      version: 1.0.0\n`;

test.each([
  { text: importer("^1", "1.0.0(b@2.0.0)"), seen: [] },
  { text: importer("^1", "a@1.0.0"), seen: [] },
  { text: importer("npm:b@^1", "b@1.0.0"), seen: [] },
  { text: importer("jsr:^1", "'@jsr/s__a@1.0.0'"), seen: [] },
  { text: importer("o/a", "https://codeload.github.com/o/a/tar.gz/00"), seen: [] },
  { text: importer("workspace:*", "link:../b"), seen: [] },
  { text: catalog("npm:b@^1") + importer("'catalog:'", "b@1.0.0"), seen: [] },
  { text: "dependencies:\n  a: 1.0.0_b@2.0.0\n", seen: [] },
  { text: importer("^1", "b@1.0.0"), seen: ["4 npm.substitution a"] },
  { text: importer("^1", "/@s/b@1.0.0(c@2.0.0)"), seen: ["4 npm.substitution a"] },
  {
    text: catalog("^1") + importer("'catalog:'", "b@1.0.0"),
    seen: ["9 npm.substitution a"],
  },
  { text: "packages:\n  a@1.0.0:\n    name: b\n", seen: ["2 npm.substitution a"] },
  { text: "packages:\n  /a/1.0.0:\n    name: a\n", seen: [] },
  { text: "packages:\n  'a@https://h/a.tgz':\n    name: b\n", seen: [] },
  { text: "packages:\n  npm.h/a/1.0.0:\n    name: a\n", seen: [] },
])("what is asked for by another name is told: $text", ({ text, seen }) => {
  expect(grantsIn(read(text))).toEqual(seen);
});

test.each([
  {
    when: "a package stands twice",
    text: "packages:\n  a@1: {}\n  'a@1': {}\n",
    code: "duplicate-key",
  },
  { when: "it has an alias", text: "packages:\n  a@1: &x {}\n  b@1: *x\n", code: "alias" },
  {
    when: "a merge has left its marks",
    text: "packages:\n<<<<<<< HEAD\n  a@1: {}\n",
    code: "not-yaml",
  },
  { when: "it is too large", text: "#".repeat(6 * 1024 * 1024 + 1), code: "too-large" },
])("it is not understood where $when", ({ text, code }) => {
  expect(read(text)).toMatchObject({ understood: false, code });
});
