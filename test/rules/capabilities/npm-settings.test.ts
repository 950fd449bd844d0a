import { expect, test } from "vitest";
import { npmSettings } from "../../../rules/capabilities/npm-settings.ts";
import { diffOf } from "./changes.ts";

function readingOf(path: string, text: string) {
  return npmSettings.read(path, new TextEncoder().encode(text));
}

function grants(path: string, text: string): string[] {
  const reading = readingOf(path, text);
  if (!reading.understood) throw new Error(reading.code);
  return reading.capabilities.map(({ kind, holder, name, level }) =>
    [kind.replace("npm.", ""), holder, name, ...(level === undefined ? [] : [level])].join(" "),
  );
}

test.each([
  [".npmrc", "registry=https://h/", "registry all scopes h encrypted"],
  [
    ".npmrc",
    "registry = http://registry.npmjs.org",
    "registry all scopes registry.npmjs.org plain",
  ],
  [".npmrc", '"@a:registry"="https://h"', "registry @a h encrypted"],
  [".npmrc", "ignore-scripts", "guard settings ignore-scripts"],
  [".npmrc", "'ignore-scripts' = true ; why", "guard settings ignore-scripts"],
  [".npmrc", "strict-ssl=false", "unsafe settings strict-ssl"],
  [".npmrc", "ca[]=x", "unsafe settings ca"],
  [".npmrc", "script-shell=./x", "program settings script-shell"],
  [".npmrc", "//h/:_authToken=0123", "credential settings h"],
  [".npmrc", "registry=https://a:b@registry.npmjs.org", "credential settings registry"],
  [".npmrc", "only-built-dependencies[]=a", "allowed-build only-built-dependencies a"],
  [".npmrc", "min-release-age=3", "guard settings min-release-age"],
  [".npmrc", "minimum-release-age-exclude[]=a", "exempt minimum-release-age-exclude a some"],
  [".npmrc", " [x]\nstrict-ssl=false", "unsafe settings strict-ssl"],
  [".npmrc", `'"strict-ssl"'=false`, "unsafe settings strict-ssl"],
  [".npmrc", "${NOWHERE?}strict-ssl=false", "unsafe settings strict-ssl"],
  [".npmrc", "strict-ssl=${NOWHERE?}false", "unsafe settings strict-ssl"],
  [".npmrc", "strict-ssl=${NOWHERE:-false}", "unsafe settings strict-ssl"],
  [".npmrc", "strict-ssl=${NOWHERE?}", "unsafe settings strict-ssl"],
  [".npmrc", "strict-ssl=null", "unsafe settings strict-ssl"],
  [".npmrc", "strict-ssl=0x0", "unsafe settings strict-ssl"],
  [
    ".npmrc",
    "a=1\nstrict-ssl=true\n${A?}strict-ssl=false\nstrict-ssl=true",
    "unsafe settings strict-ssl",
  ],
  [".npmrc", "registry=${NOWHERE?}http://h", "registry all scopes h plain"],
  [".npmrc", "registry=${R:-http://h}", "registry all scopes h plain"],
  [".npmrc", "${SCOPE}:registry=http://h", "registry @${SCOPE} h plain"],
  [".npmrc", "dangerously-allow-all-scripts=true", "unsafe settings dangerously-allow-all-scripts"],
  [".npmrc", "allow-scripts=a, b", "allowed-build allow-scripts a"],
  [".npmrc", "strict-allow-scripts=true", "guard settings strict-allow-scripts"],
  [".npmrc", "block-exotic-subdeps=true", "guard settings block-exotic-subdeps"],
  [".npmrc", "trust-policy=no-downgrade", "guard settings trust-policy"],
  [".npmrc", "allow-git=none", "guard settings allow-git"],
  [".npmrc", "min-release-age-exclude[]=*", "exempt min-release-age-exclude * all"],
  [".npmrc", "electron_mirror=https://h/", "program settings electron_mirror"],
  [".npmrc", "some_package_from=https://h/", "program settings some_package_from"],
  [".npmrc", "sass_binary_path=./a.node", "program settings sass_binary_path"],
  [".npmrc", "nodedir=./x", "program settings nodedir"],
  [".npmrc", "cache=./x", "program settings cache"],
  [".npmrc", "//h/:tokenHelper=./x", "program settings //h/:tokenHelper"],
  [".npmrc", "key=----", "credential settings key"],
  [".NPMRC", "strict-ssl=false", "unsafe settings strict-ssl"],
  [".yarnrc", 'env:\n  NODE_OPTIONS "-r ./x"', "program settings env.NODE_OPTIONS"],
  [
    ".yarnrc",
    "--install.skip-integrity-check true",
    "unsafe settings --install.skip-integrity-check",
  ],
  [".yarnrc", 'electron_mirror "https://h"', "program settings electron_mirror"],
  [".yarnrc.yml", "enableStrictSsl: '${NOWHERE:-false}'", "unsafe settings enableStrictSsl"],
  [".yarnrc.yml", "injectEnvironmentFiles: [.env]", "program settings injectEnvironmentFiles"],
  [".yarnrc.yml", "enableConstraintsChecks: true", "program settings enableConstraintsChecks"],
  [".yarnrc.yml", "npmPublishRegistry: https://h", "registry all scopes h encrypted"],
  [".yarnrc.yml", "cacheFolder: ./x", "program settings cacheFolder"],
  ["pnpm-workspace.yaml", "trustPolicyIgnoreAfter: 1", "exempt trustPolicyIgnoreAfter 1 some"],
  ["pnpm-workspace.yaml", "neverBuiltDependencies: [a]", "guard settings neverBuiltDependencies"],
  ["pnpm-workspace.yaml", "storeDir: ./x", "program settings storeDir"],
  ["bunfig.toml", 'serve.static.plugins = ["./x.ts"]', "program settings serve.static.plugins"],
  ["bunfig.toml", 'install.cache.dir = "./x"', "program settings install.cache.dir"],
  [".yarnrc", 'registry "https://h"', "registry all scopes h encrypted"],
  [".yarnrc", "yarn-path y.cjs", "program settings yarn-path"],
  [".yarnrc", "--install.ignore-scripts true", "guard settings --install.ignore-scripts"],
  [".yarnrc.yml", "'enableScripts': false", "guard settings enableScripts"],
  [".yarnrc.yml", "npmScopes: {a: {npmRegistryServer: 'https://h'}}", "registry @a h encrypted"],
  [".yarnrc.yml", "unsafeHttpWhitelist: [h]", "unsafe settings unsafeHttpWhitelist"],
  [".yarnrc.yml", "plugins: [{path: a.cjs, spec: b}]", "program settings plugins.path"],
  [".yarnrc.yml", "npmAuthToken: abc", "credential settings npmAuthToken"],
  [".yarnrc.yml", "npmPreapprovedPackages: ['*']", "exempt npmPreapprovedPackages * all"],
  ["pnpm-workspace.yaml", "minimumReleaseAge: 10", "guard settings minimumReleaseAge"],
  ["pnpm-workspace.yaml", "trustPolicy: no-downgrade", "guard settings trustPolicy"],
  ["pnpm-workspace.yaml", "allowBuilds: {a: true}", "allowed-build allowBuilds a"],
  [
    "pnpm-workspace.yaml",
    "dangerouslyAllowAllBuilds: true",
    "unsafe settings dangerouslyAllowAllBuilds",
  ],
  ["pnpm-workspace.yaml", "trustPolicyExclude: ['@a/*']", "exempt trustPolicyExclude @a/* some"],
  ["bunfig.toml", '[install.scopes]\n"@a" = { url = "http://h" }', "registry @a h plain"],
  ["bunfig.toml", 'install.registry = "https://h"', "registry all scopes h encrypted"],
  ["bunfig.toml", 'preload = ["./x.ts"]', "program settings preload"],
])("%s with %j grants: %s", (path, text, seen) => {
  expect(grants(path, text)[0]).toBe(seen);
});

test.each([
  [".npmrc", "registry=https://registry.npmjs.org/"],
  [".npmrc", "//h/:_authToken=${TOKEN}"],
  [".npmrc", "; strict-ssl=false"],
  [".npmrc", "[other]\nstrict-ssl=false"],
  [".npmrc", "strict-ssl=false\nstrict-ssl=true"],
  [".npmrc", "minimum-release-age=0"],
  [".npmrc", "strictSsl=false"],
  [".npmrc", "strict-ssl="],
  [".npmrc", "strict-ssl=${STRICT}"],
  [".npmrc", "[x]\nstrict-ssl=false"],
  [".npmrc", "=\n'a' # strict-ssl=false"],
  [".npmrc", "init-author-url=https://h"],
  [".npmrc", "${HOST}:_authToken=${TOKEN}"],
  [".npmrc", "allow-git=all"],
  [".npmrc", "toString=a"],
  [".yarnrc", "yarn-offline-mirror-pruning true"],
  [".yarnrc", "strict-ssl false\nstrict-ssl true"],
  [".yarnrc.yml", "enableConstraintsChecks: false"],
  [".yarnrc.yml", "npmAuthToken: '${NPM_TOKEN:-}'"],
  [".yarnrc.yml", "enableScripts: true"],
  [".yarnrc.yml", "# nothing"],
  ["pnpm-workspace.yaml", "packages: [a]"],
])("%s with %j grants nothing", (path, text) => {
  expect(grants(path, text)).toEqual([]);
});

test.each([
  [".yarnrc", "a:\n      b c", "not-yarn"],
  [".yarnrc.yml", "- a", "no-settings"],
  [".yarnrc.yml", "a: 1\na: 2", "duplicate-key"],
  ["pnpm-workspace.yaml", "a: &x b\nc: *y", "alias"],
  ["bunfig.toml", "a = 1\na = 2", "not-toml"],
  [".npmrc", "a=\0", "ambiguous-character"],
  [".npmrc", "${A}ssl=false", "environment"],
])("%s with %j is not understood: %s", (path, text, code) => {
  expect(readingOf(path, text)).toMatchObject({ understood: false, code });
});

test.each([
  {
    path: "pnpm-workspace.yaml",
    base: "minimumReleaseAge: 10080",
    head: "minimumReleaseAge: 1440",
    delta: ["lowered"],
  },
  {
    path: "pnpm-workspace.yaml",
    base: "minimumReleaseAge: 1440",
    head: "minimumReleaseAge: 0",
    delta: ["removed"],
  },
  {
    path: "pnpm-workspace.yaml",
    base: "minimumReleaseAge: 1440",
    head: "minimumReleaseAge: 2880",
    delta: ["raised"],
  },
  { path: ".yarnrc.yml", base: "npmMinimalAgeGate: 1w", head: "npmMinimalAgeGate: 7d", delta: [] },
  {
    path: ".yarnrc.yml",
    base: "npmMinimalAgeGate: 3d",
    head: "npmMinimalAgeGate: 3h",
    delta: ["lowered"],
  },
  { path: ".npmrc", base: "allow-git=none", head: "allow-git=root", delta: ["lowered"] },
  { path: ".npmrc", base: "allow-git=root", head: "allow-git=all", delta: ["removed"] },
  {
    path: ".npmrc",
    base: "ignore-scripts=true",
    head: "ignore-scripts=true\n${NOWHERE?}ignore-scripts=false",
    delta: ["removed"],
  },
  {
    path: ".yarnrc",
    base: "ignore-scripts true",
    head: "ignore-scripts true\nignore-scripts false",
    delta: ["removed"],
  },
  {
    path: "bunfig.toml",
    base: 'install.security.scanner = "a"',
    head: "",
    delta: ["removed"],
  },
  { path: ".npmrc", base: "min-release-age=3", head: "min-release-age=2", delta: ["lowered"] },
  {
    path: "bunfig.toml",
    base: "install.minimumReleaseAge = 86400",
    head: "install.minimumReleaseAge = 3600",
    delta: ["lowered"],
  },
])("the guard of $base is $delta by $head", ({ path, base, head, delta }) => {
  const facts = diffOf({ [path]: base }, { [path]: head }).filter(
    ({ kind }) => kind === "npm.guard",
  );
  expect(facts.map((fact) => fact.delta)).toEqual(delta);
});

test("a secret is never shown", () => {
  const reading = readingOf(".npmrc", "//h/:_authToken=SECRET\nproxy=http://a:SECRET@h");
  expect(JSON.stringify(reading)).not.toContain("SECRET");
});
