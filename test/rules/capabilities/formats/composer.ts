import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const PATH = "composer.json";
const LOCK = "composer.lock";
const COMMIT = "0a".repeat(20);

function file(content: object): string {
  return JSON.stringify(content, null, 4);
}

function pair(base: object, head: object, path = PATH) {
  return { base: { [path]: file(base) }, head: { [path]: file(head) } };
}

const PROJECT = {
  name: "acme/site",
  require: { php: ">=8.2", "ext-json": "*", "symfony/console": "^7.0", "Acme/Lib": "dev-main" },
  "require-dev": { "phpunit/phpunit": "~11.0" },
  repositories: [{ type: "composer", url: "https://repo.packagist.org" }],
  scripts: { "post-install-cmd": ["@clear"], clear: "rm -rf var", test: "phpunit" },
  config: { "allow-plugins": { "symfony/flex": true, "php-http/discovery": false } },
};

function locked(owner: string) {
  return {
    packages: [
      {
        name: "symfony/console",
        version: "v7.0.1",
        source: {
          type: "git",
          url: `https://github.com/${owner}/console.git`,
          reference: COMMIT,
        },
        dist: {
          type: "zip",
          url: `https://api.github.com/repos/${owner}/console/zipball/${COMMIT}`,
          reference: COMMIT,
          shasum: "",
        },
        "notification-url": "https://packagist.org/downloads/",
      },
    ],
    "packages-dev": [],
  };
}

export const composerSamples: FormatSamples = {
  reader: "composer",
  files: [
    { path: PATH, text: file(PROJECT), movedTo: "site/composer.json" },
    { path: LOCK, text: file(locked("symfony")), movedTo: "site/composer.lock" },
  ],
  gains: [
    {
      what: "a script comes to run where the project is installed",
      kind: "composer.script",
      ...pair(PROJECT, {
        ...PROJECT,
        scripts: { ...PROJECT.scripts, "pre-autoload-dump": "php x.php" },
      }),
    },
    {
      what: "a script that another one calls does more",
      kind: "composer.script",
      ...pair(PROJECT, {
        ...PROJECT,
        scripts: { ...PROJECT.scripts, clear: ["rm -rf var", "php x.php"] },
      }),
    },
    {
      what: "every plugin may run",
      kind: "composer.allowed-plugin",
      ...pair(PROJECT, {
        ...PROJECT,
        config: { "allow-plugins": { "symfony/flex": true, "*": true } },
      }),
    },
    {
      what: "packages may come over a plain connection",
      kind: "composer.setting",
      ...pair(PROJECT, { ...PROJECT, config: { ...PROJECT.config, "secure-http": false } }),
    },
    {
      what: "less stable versions are taken than before",
      kind: "composer.setting",
      ...pair({ "minimum-stability": "beta" }, { "minimum-stability": "dev" }),
    },
    {
      what: "packages come from another repository",
      kind: "dependency.source",
      ...pair(PROJECT, { ...PROJECT, repositories: { a: { type: "vcs", url: "git@a.dev:b/c" } } }),
    },
    {
      what: "a package is taken from another owner's repository",
      kind: "dependency.source",
      ...pair(locked("symfony"), locked("other"), LOCK),
    },
    {
      what: "a range is opened",
      kind: "dependency.range",
      ...pair(PROJECT, { ...PROJECT, require: { ...PROJECT.require, "symfony/console": "*" } }),
    },
  ],
  nothing: [
    {
      what: "a package is written in other letters, and in another list",
      ...pair(
        { require: { "Acme/Lib": "1.0" } },
        { "require-dev": { "acme/lib": "1.0" }, scripts: { test: "phpunit" } },
      ),
    },
    {
      what: "a script takes in what it called",
      ...pair(
        { scripts: { "post-install-cmd": ["@clear", "x"], clear: ["y"] } },
        { scripts: { "post-install-cmd": ["@clear", "x"], clear: "y", other: "z" } },
      ),
    },
  ],
  adversaries: [
    {
      what: "a project with very many packages",
      path: PATH,
      write: (bytes) => `{"require":{${numbered(bytes, (n) => `"a/p${n}":"^1.0",`)}"z/z":"1"}}`,
    },
    {
      what: "a project with one constraint that never ends",
      path: PATH,
      write: (bytes) => `{"require":{"a/a":"${fill(">=1 <2 || ", bytes)}1"}}`,
    },
    {
      what: "a project with a constraint of spaces",
      path: PATH,
      write: (bytes) => `{"require":{"a/a":"1${fill(" ", bytes)}x"}}`,
    },
    {
      what: "a project with scripts that call one another",
      path: PATH,
      write: (bytes) =>
        `{"scripts":{${numbered(bytes, (n) => `"s${n}":["@s${n + 1}","@s${n + 2}"],`)}"init":"@s0"}}`,
    },
    {
      what: "a project with events that each call one long script",
      path: PATH,
      write: (bytes) =>
        `{"scripts":{"init":"@s","command":"@s","post-install-cmd":"@s","post-update-cmd":"@s","s":[${fill('"@s",', bytes)}""]}}`,
    },
    {
      what: "a lock file with very many packages",
      path: LOCK,
      write: (bytes) =>
        `{"packages":[${numbered(bytes, (n) => `{"name":"a/p${n}","version":"1","dist":{"url":"https://a${n}.example/x"}},`)}{}]}`,
    },
  ],
};
