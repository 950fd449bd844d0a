import { expect, test } from "vitest";
import { npmPackage } from "../../../rules/capabilities/npm-package.ts";
import { diffOf, shown } from "./changes.ts";

const PATH = "package.json";

function readingOf(text: string) {
  return npmPackage.read(PATH, new TextEncoder().encode(text));
}

function grants(content: object): string[] {
  const reading = readingOf(JSON.stringify(content, null, 1));
  if (!reading.understood) throw new Error(reading.code);
  return reading.capabilities.map(({ line, holder, name, level = "-" }) =>
    [line, holder, name, level].join(" "),
  );
}

function dependencies(content: object): string[] {
  const reading = readingOf(JSON.stringify(content));
  if (!reading.understood) throw new Error(reading.code);
  return (reading.dependencies ?? []).map(({ group, name, version, source, range = "-" }) =>
    [group, name, version, source.text, range].join(" "),
  );
}

test.each([
  ["package.json", "grants"],
  ["a/b/package.json", "grants"],
  ["test/Fixtures/a/package.json", "resembles"],
  ["PACKAGE.json", "grants"],
  ["a/package.json5", "grants"],
  ["a/package.yaml", "resembles"],
  ["package.yml", null],
  ["my-package.json", null],
])("%s is claimed: %s", (path, claim) => {
  expect(npmPackage.claims(path)).toBe(claim);
});

test.each([
  ["preinstall", "install"],
  ["install", "install"],
  ["postinstall", "install"],
  ["prepare", "checkout"],
  ["preprepare", "checkout"],
  ["postprepare", "checkout"],
  ["prepublish", "checkout"],
  ["dependencies", "checkout"],
  ["pnpm:devPreinstall", "checkout"],
  ["prepublishOnly", "release"],
  ["prepack", "release"],
  ["postversion", "release"],
])("the script %s runs by itself: %s", (name, level) => {
  expect(grants({ scripts: { [name]: "x" } })).toEqual([`3 scripts ${name} ${level}`]);
});

test.each([
  { what: "scripts that are run by name", content: { scripts: { test: "x", Install: "x" } } },
  { what: "an empty command", content: { scripts: { install: " " } } },
  { what: "scripts that are no map", content: { scripts: ["install"] } },
  { what: "a command that is no text", content: { scripts: { install: {} } } },
  { what: "a package that may not run its scripts", content: { allowScripts: { a: false } } },
])("nothing is granted by $what", ({ content }) => {
  expect(grants(content)).toEqual([]);
});

test.each([
  { content: { pnpm: { onlyBuiltDependencies: ["a"] } }, holder: "pnpm.onlyBuiltDependencies" },
  { content: { pnpm: { allowBuilds: { a: true } } }, holder: "pnpm.allowBuilds" },
  { content: { trustedDependencies: ["a"] }, holder: "trustedDependencies" },
  { content: { allowScripts: { a: true, b: false } }, holder: "allowScripts" },
  { content: { dependenciesMeta: { a: { built: true } } }, holder: "dependenciesMeta" },
  { content: { lavamoat: { allowScripts: { a: true } } }, holder: "lavamoat.allowScripts" },
])("$holder allows a package its scripts", ({ content, holder }) => {
  expect(grants(content).map((line) => line.replace(/^\d+ /, ""))).toEqual([`${holder} a -`]);
});

test.each([
  { content: { dependencies: { a: "^1" } }, seen: ["dependencies a ^1 registry:npm bounded"] },
  { content: { peerDependencies: { a: "*" } }, seen: ["peerDependencies a * registry:npm -"] },
  {
    content: { overrides: { a: { ".": "1", "b@^2": "acme/c" }, d: "$e" } },
    seen: ["overrides a 1 registry:npm bounded", "overrides b acme/c git:github.com/acme/c open"],
  },
  {
    content: { resolutions: { "a/**/@s/b": "2.0.0" } },
    seen: ["resolutions @s/b 2.0.0 registry:npm exact"],
  },
  {
    content: { pnpm: { overrides: { "a@1>b": "npm:c@1.0.0" } } },
    seen: ["pnpm.overrides c 1.0.0 registry:npm exact"],
  },
  {
    content: {
      pnpm: { packageExtensions: { a: { dependencies: { b: "1.0.0" }, x: { c: "1" } } } },
    },
    seen: ["pnpm.packageExtensions b 1.0.0 registry:npm exact"],
  },
  {
    content: { pnpm: { configDependencies: { a: "1.0.0+sha512-AA==" } } },
    seen: ["pnpm.configDependencies a 1.0.0 registry:npm exact"],
  },
  {
    content: { workspaces: { catalog: { a: "1.0.0" }, catalogs: { old: { a: "0.1.0" } } } },
    seen: [
      "workspaces.catalog a 1.0.0 registry:npm exact",
      "workspaces.catalogs.old a 0.1.0 registry:npm exact",
    ],
  },
  {
    content: { pnpm: { overrides: { a: "-", b: "-1" } } },
    seen: ["pnpm.overrides b -1 registry:npm open"],
  },
  {
    content: {
      devEngines: {
        packageManager: [
          { name: "npm", version: ">=10", onFail: "error" },
          { name: "pnpm", version: "10.0.0", onFail: "download" },
        ],
        runtime: { name: "node", onFail: "download" },
      },
    },
    seen: [
      "devEngines.packageManager pnpm 10.0.0 registry:npm exact",
      "devEngines.runtime node * registry:npm open",
    ],
  },
  {
    content: { packageManager: "yarn@4.1.0+sha224.00" },
    seen: ["packageManager yarn 4.1.0 registry:npm exact"],
  },
])("every list that names packages is read: $seen", ({ content, seen }) => {
  expect(dependencies(content)).toEqual(seen);
});

test.each([
  { when: "it is no JSON", text: "{", code: "not-json" },
  { when: "it is no object", text: "[]", code: "no-package" },
  { when: "a key stands twice", text: '{"scripts":{},"scripts":{}}', code: "duplicate-key" },
  { when: "it is too large", text: " ".repeat(1024 * 1024 + 1), code: "too-large" },
  { when: "it is nested too deep", text: '{"a":'.repeat(200), code: "too-deep" },
])("it is not understood where $when", ({ text, code }) => {
  expect(readingOf(text)).toMatchObject({ understood: false, code });
});

test("a control character in a description is understood", () => {
  expect(readingOf('{"description": "a \u0096 b"}')).toMatchObject({ understood: true });
});

test("another command under the same name is a raise, and spaces around it are none", () => {
  const file = (command: string) => ({ [PATH]: JSON.stringify({ scripts: { install: command } }) });
  const facts = (base: string, head: string) => diffOf(file(base), file(head)).map(shown);
  expect(facts("x", "y")).toEqual(["raised scripts install install→install package.json:1"]);
  expect(facts("x", " x ")).toEqual([]);
});

test.each([
  ["Package.json", '{"scripts": {"postinstall": "x"}}'],
  ["package.json5", "{scripts: {/**/ postinstall: 'x',}}"],
  ["package.yaml", "scripts:\n  postinstall: x\n"],
])("%s is read as pnpm reads it", (path, text) => {
  const facts = diffOf({}, { [path]: text }).filter(({ kind }) => kind === "npm.script");
  expect(facts).toMatchObject([{ delta: "added", name: "postinstall", after: "install" }]);
});

test("a package.yaml of Haskell's that names no map of packages grants nothing", () => {
  const text = "name: a\ndependencies:\n- base >= 4\nlibrary: {source-dirs: src}\n";
  expect(npmPackage.read("package.yaml", new TextEncoder().encode(text))).toMatchObject({
    ...{ understood: true, capabilities: [], dependencies: [] },
  });
});

test.each([
  {
    what: "a package that yarn never builds",
    content: { dependenciesMeta: { a: { built: false } } },
    seen: ["3 dependenciesMeta a -"],
  },
  {
    what: "packages that pnpm never builds",
    content: { pnpm: { neverBuiltDependencies: ["a"] } },
    seen: ["4 settings neverBuiltDependencies -"],
  },
  {
    what: "a list of packages in another file",
    content: { pnpm: { onlyBuiltDependenciesFile: "a.json" } },
    seen: ["3 settings onlyBuiltDependenciesFile -"],
  },
])("a setting is told: $what", ({ content, seen }) => {
  expect(grants(content)).toEqual(seen);
});

test("what goes from package.json to pnpm's own settings is no change", () => {
  const base = {
    [PATH]: '{"pnpm": {"neverBuiltDependencies": ["a"], "onlyBuiltDependencies": ["b"]}}',
    "pnpm-workspace.yaml": "packages: [a]\n",
  };
  const head = {
    [PATH]: "{}",
    "pnpm-workspace.yaml":
      "packages: [a]\nneverBuiltDependencies: [a]\nonlyBuiltDependencies: [b]\n",
  };
  expect(diffOf(base, head).filter(({ kind }) => kind === "npm.guard")).toEqual([]);
});
