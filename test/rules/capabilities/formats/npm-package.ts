import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const PATH = "package.json";

function file(content: object): string {
  return JSON.stringify(content, null, 2);
}

function pair(base: object, head: object) {
  return { base: { [PATH]: file(base) }, head: { [PATH]: file(head) } };
}

const SCRIPTS = { scripts: { test: "vitest", prepare: "husky" } };
const PACKAGE = {
  name: "a",
  ...SCRIPTS,
  dependencies: { b: "^1.2.3", c: "github:acme/c" },
  overrides: { d: { e: "1.0.0" } },
  trustedDependencies: ["f"],
  packageManager: "pnpm@9.1.0+sha256.0a",
};

export const npmPackageSamples: FormatSamples = {
  reader: "npm-package",
  files: [{ path: PATH, text: file(PACKAGE), movedTo: "packages/a/package.json" }],
  gains: [
    {
      what: "a script comes to run when the package is installed",
      kind: "npm.script",
      ...pair(SCRIPTS, { scripts: { ...SCRIPTS.scripts, postinstall: "node x.js" } }),
    },
    {
      what: "a command of the package takes a program's place",
      kind: "npm.command",
      ...pair(PACKAGE, { ...PACKAGE, bin: { npm: "cli.js" } }),
    },
    {
      what: "another package may run its install scripts",
      kind: "npm.allowed-build",
      ...pair(PACKAGE, { ...PACKAGE, trustedDependencies: ["f", "g"] }),
    },
    {
      what: "a range is opened",
      kind: "dependency.range",
      ...pair(PACKAGE, { ...PACKAGE, dependencies: { b: "*", c: "github:acme/c" } }),
    },
    {
      what: "a package comes from a git repository instead of the registry",
      kind: "dependency.source",
      ...pair(PACKAGE, { ...PACKAGE, dependencies: { b: "acme/b#v1", c: "github:acme/c" } }),
    },
  ],
  nothing: [
    {
      what: "a script gets spaces around it, and another one is run by name alone",
      ...pair(SCRIPTS, { scripts: { prepare: " husky ", build: "tsc" } }),
    },
    {
      what: "a package goes to another list",
      ...pair(
        { dependencies: { a: "^1.0.0", b: "1.0.0" } },
        { devDependencies: { a: "^1.0.0" }, dependencies: { b: "1.0.0" } },
      ),
    },
  ],
  adversaries: [
    {
      what: "a list of packages that never ends",
      path: PATH,
      write: (bytes) => `{"trustedDependencies":[${numbered(bytes, (n) => `"p${n}",`)}"z"]}`,
    },
    {
      what: "overrides below one another",
      path: PATH,
      write: (bytes) => {
        const below = `${'{".":"1","a":'.repeat(90)}"1"${"}".repeat(90)}`;
        return `{"overrides":{${numbered(bytes, (n) => `"o${n}":${below},`)}"z":"1"}}`;
      },
    },
    {
      what: "overrides below one another, each of another package",
      path: PATH,
      write: (bytes) => {
        const packages = Array.from(
          { length: 90 },
          (_, depth) => `{".":"1","${"a".repeat(40)}${depth}`,
        );
        const below = (n: number) => `${packages.join(`-${n}":`)}":"1"${"}".repeat(90)}`;
        return `{"overrides":{${numbered(bytes, (n) => `"o${n}":${below(n)},`)}"z":"1"}}`;
      },
    },
    {
      what: "a package manager's name that never ends",
      path: PATH,
      write: (bytes) => `{"packageManager":"${fill("a", bytes)}"}`,
    },
    {
      what: "a package with very many scripts",
      path: PATH,
      write: (bytes) => `{"scripts":{${numbered(bytes, (n) => `"s${n}":"x",`)}"install":"x"}}`,
    },
    {
      what: "a package with very many dependencies",
      path: PATH,
      // Names that are long enough for what a file may grant at most.
      write: (bytes) =>
        `{"dependencies":{${numbered(bytes, (n) => `"${"d".repeat(40)}${n}":"^1.0.0",`)}"z":"1"}}`,
    },
    {
      what: "a package with more dependencies than are read",
      path: PATH,
      write: (bytes) => `{"dependencies":{${numbered(bytes, (n) => `"d${n}":"^1.0.0",`)}"z":"1"}}`,
    },
    {
      what: "a package with one range that never ends",
      path: PATH,
      write: (bytes) => `{"dependencies":{"a":"${fill("1 || ", bytes)}1"}}`,
    },
    {
      what: "a package that is nested too deep",
      path: PATH,
      write: (bytes) => `{"overrides":${fill('{"a":', bytes)}`,
    },
    {
      what: "a package with names of many parts",
      path: PATH,
      write: (bytes) => `{"overrides":{"${fill("a>", bytes / 2)}${fill("@/", bytes / 2)}":"1"}}`,
    },
  ],
};
