import { expect, test } from "vitest";
import { denoModules } from "../../../rules/capabilities/deno-modules.ts";
import { diffDependencies } from "../../../rules/dependencies/differ.ts";
import { changeOf, diffOf, readingOf, shown } from "./changes.ts";

const CONFIG = "deno.json";
const LOCK = "deno.lock";

/** Each dependency in one line: `npm a ^1 bounded registry:npm in imports`. */
function taken(path: string, content: object): string[] {
  const reading = denoModules.read(path, new TextEncoder().encode(JSON.stringify(content)));
  if (!reading.understood) return [reading.code];
  return (reading.dependencies ?? []).map(
    ({ ecosystem, name, version, range, source, group, integrity }) =>
      [
        ...[ecosystem, name, version ?? "-", range ?? "-", source.text],
        ...(group === "" ? [] : [`in ${group}`]),
        ...(integrity ? [`[${integrity.join()}]`] : []),
      ].join(" "),
  );
}

test.each([
  ["deno.json", "grants"],
  ["a/deno.jsonc", "grants"],
  ["a/deno.lock", "grants"],
  ["import_map.json", "resembles"],
  ["a/importMap.dev.json", "resembles"],
  ["fixtures/deno.lock", "resembles"],
  ["package.json", null],
])("%s is claimed as %s", (path, claim) => {
  expect(denoModules.claims(path)).toBe(claim);
});

test.each([
  ["npm:a@^1.2", "npm a ^1.2 bounded registry:npm"],
  ["NPM:/@b/a@1.2.3/c.js", "npm @b/a 1.2.3 exact registry:npm"],
  ["npm:a", "npm a - open registry:npm"],
  ["jsr:@std/a@1", "jsr @std/a 1 bounded registry:jsr"],
  ["jsr:/@std/a/", "jsr @std/a - open registry:jsr"],
  [
    "https://deno.land/std@0.200.0/a/mod.ts",
    "generic deno.land/std/a/mod.ts 0.200.0 exact registry:deno",
  ],
  ["https://deno.land/x/a/", "generic deno.land/x/a - open registry:deno"],
  ["http://deno.land/x/a@v1.0.0/", "generic deno.land/x/a v1.0.0 exact registry:deno.land"],
  ["https://esm.sh/@b/a@18/c", "generic esm.sh/@b/a/c 18 bounded url:esm.sh/@b/a@18/c"],
  ["https://u:p@evil.example/a.ts", "generic evil.example/a.ts - open url:evil.example/a.ts"],
  [
    "https://raw.githubusercontent.com/acme/a/v1.0.0/mod.ts",
    "generic github.com/acme/a v1.0.0 bounded git:github.com/acme/a",
  ],
  [
    "https://raw.githubusercontent.com/acme/a/refs/tags/v1/mod.ts",
    "generic github.com/acme/a v1 bounded git:github.com/acme/a",
  ],
  [
    "https://raw.githubusercontent.com/acme/a/refs/heads/v1/mod.ts",
    "generic github.com/acme/a - open git:github.com/acme/a",
  ],
])("the specifier %s takes in %s", (specifier, seen) => {
  expect(taken(CONFIG, { imports: { x: specifier } })).toEqual([`${seen} in imports`]);
});

test.each([
  "./a.ts",
  "../a/",
  "/a.ts",
  "node:fs",
  "data:text/javascript,1",
  "a",
  "https://",
  "npm:",
])("the specifier %s takes in nothing", (specifier) => {
  expect(taken(CONFIG, { imports: { x: specifier } })).toEqual([]);
});

test("scopes, and settings that load modules, name them too", () => {
  const config = {
    imports: { a: null },
    scopes: { "./b/": { a: "npm:a@1.0.0" } },
    importMap: "https://a.example/map.json",
    compilerOptions: { jsxImportSource: "npm:b@1.0.0", types: ["npm:c@1.0.0"] },
    lint: { plugins: ["jsr:@d/e@1.0.0", "./own.ts"] },
  };
  expect(taken(CONFIG, config)).toEqual([
    "npm a 1.0.0 exact registry:npm in scopes ./b/",
    "generic a.example/map.json - open url:a.example/map.json in importMap",
    "npm b 1.0.0 exact registry:npm in compilerOptions.jsxImportSource",
    "npm c 1.0.0 exact registry:npm in compilerOptions.types",
    "jsr @d/e 1.0.0 exact registry:jsr in lint.plugins",
  ]);
});

const NPM = { "@a/b@1.0.0_c@2.0.0": { integrity: "sha512-A" } };
const JSR = { "@std/a@1.0.0": { integrity: "0a" }, "@std/b@1.0.0": {} };
const REMOTE = { "https://deno.land/x/a@v1/mod.ts": "0b" };
const LOCKED = [
  "npm @a/b 1.0.0 - registry:npm [sha512-A]",
  "jsr @std/a 1.0.0 - registry:jsr [0a]",
  "jsr @std/b 1.0.0 - registry:jsr []",
  "generic deno.land/x/a/mod.ts v1 - registry:deno [0b]",
];

test.each([
  { version: "5", lock: { npm: NPM, jsr: JSR, remote: REMOTE }, seen: LOCKED },
  { version: "3", lock: { packages: { npm: NPM, jsr: JSR }, remote: REMOTE }, seen: LOCKED },
  { version: "2", lock: { npm: { packages: NPM }, remote: REMOTE }, seen: [LOCKED[0], LOCKED[3]] },
])("a lock file of version $version", ({ version, lock, seen }) => {
  expect(taken(LOCK, { version, ...lock })).toEqual(seen);
});

test("a lock file of version 1 is a map of addresses", () => {
  expect(taken(LOCK, REMOTE)).toEqual([LOCKED[3]]);
});

test("another digest of the same version is seen, and so is a server that an address leads to", () => {
  const file = (digest: string, target: string) => ({
    [LOCK]: JSON.stringify({
      version: "5",
      npm: { "a@1.0.0": { integrity: digest } },
      redirects: { "https://deno.land/x/a/mod.ts": target },
    }),
  });
  const base = file("sha512-A", "https://deno.land/x/a@v1/mod.ts");
  const head = file("sha512-B", "https://a.example/mod.ts");
  const { dependencies } = readingOf(base, head);
  const facts = diffDependencies({ ...dependencies, listing: changeOf(base, head).listing });
  expect(facts.map(({ name, integrity }) => [name, integrity])).toContainEqual(["a", "changed"]);
  expect(diffOf(base, head).map(shown)).toEqual([
    "added generic url:a.example -→encrypted deno.lock:1",
  ]);
});

test("a list is no configuration, and no lock file", () => {
  expect(taken(CONFIG, [])).toEqual(["no-modules"]);
  expect(taken(LOCK, [])).toEqual(["no-modules"]);
});
