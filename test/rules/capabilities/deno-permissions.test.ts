import { expect, test } from "vitest";
import { denoPermissions } from "../../../rules/capabilities/deno-permissions.ts";
import { diffOf, shown } from "./changes.ts";

const PATH = "deno.json";
const PACKAGE = "package.json";

/** What a change of one task, or of one script of a package, does. */
function facts(base: string, head: string, path = PATH): string[] {
  const list = path === PATH ? "tasks" : "scripts";
  const file = (command: string): string => JSON.stringify({ [list]: { a: command } }, null, 1);
  return diffOf({ [path]: file(base) }, { [path]: file(head) }).map(shown);
}

/** What one file grants, each in one line: `3 permissions.x read all`. */
function grantsOf(content: object): string[] {
  const reading = denoPermissions.read(PATH, new TextEncoder().encode(JSON.stringify(content)));
  if (!reading.understood) return [reading.code];
  return reading.capabilities.map(
    ({ holder, name, level, context }) => `${holder} ${name} ${level ?? "-"} (${context})`,
  );
}

test.each([
  { path: "deno.json", claim: "grants" },
  { path: "a/deno.jsonc", claim: "grants" },
  { path: "fixtures/deno.json", claim: "resembles" },
  { path: "package.json", claim: "grants" },
  { path: "a/fixtures/package.json", claim: "resembles" },
  { path: "deno.lock", claim: null },
  { path: "Deno.json", claim: null },
])("$path is claimed as $claim", ({ path, claim }) => {
  expect(denoPermissions.claims(path)).toBe(claim);
});

test.each([
  {
    base: "deno run x.ts",
    head: "deno run -A x.ts",
    seen: ["added tasks.a everything -→all deno.json:3"],
  },
  {
    base: "deno run x.ts",
    head: "deno run --allow-all x.ts",
    seen: ["added tasks.a everything -→all deno.json:3"],
  },
  {
    base: "deno run -N=a.org x.ts",
    head: "true && env A=b deno run -RN x.ts",
    seen: ["raised tasks.a net scoped→all deno.json:3", "added tasks.a read -→all deno.json:3"],
  },
  {
    base: "deno run --allow-run x.ts",
    head: "deno run --allow-run=git,make x.ts",
    seen: ["lowered tasks.a run all→scoped deno.json:3"],
  },
  {
    base: "deno run x.ts",
    head: "deno run -qA x.ts",
    seen: ["added tasks.a everything -→all deno.json:3"],
  },
  {
    base: "deno run -N x.ts",
    head: "deno run -RN=a.org,b.org -I x.ts",
    seen: [
      "added tasks.a import -→all deno.json:3",
      "lowered tasks.a net all→scoped deno.json:3",
      "added tasks.a read -→all deno.json:3",
    ],
  },
  {
    base: "deno run -A --deny-net --ignore-env=KEY x.ts",
    head: "deno run -A --ignore-env=KEY x.ts --deny-net",
    seen: ["raised tasks.a everything all→all deno.json:3"],
  },
  {
    base: "deno run --config a -N --deny-net=a.org x.ts",
    head: "deno run -N x.ts",
    seen: ["raised tasks.a net all→all deno.json:3"],
  },
  {
    base: "deno run -A x.ts",
    head: "deno run -N --allow-run=git x.ts",
    seen: ["removed tasks.a everything all→- deno.json:3"],
  },
  {
    base: "deno run -N x.ts",
    head: "deno run -P=wide x.ts",
    seen: ["removed tasks.a net all→- deno.json:3", "added tasks.a set wide -→all deno.json:3"],
  },
  ...[
    "npx deno run -A x.ts",
    "cross-env A=b deno run -A x.ts",
    "sh -c 'deno run -A x.ts'",
    'concurrently "deno run -A x.ts" "sh -c \'echo a\'"',
    "d''eno run -A x.ts",
    "deno eval 1",
    "deno -A x.ts",
    "deno install -gAf x.ts",
    "deno x cowsay",
    "dx cowsay",
  ].map((head) => ({
    ...{ base: "deno run x.ts", head },
    seen: ["added tasks.a everything -→all deno.json:3"],
  })),
  {
    base: "deno x cowsay",
    head: "deno x -N cowsay",
    seen: ["removed tasks.a everything all→- deno.json:3"],
  },
  { base: "deno fmt", head: "cd deno && ls ./deno && which deno", seen: [] },
  { base: "deno run -A x.ts", head: "deno run -A y.ts", seen: [] },
  { base: "deno fmt", head: "echo --allow-net", seen: [] },
])("$base → $head", ({ base, head, seen }) => {
  expect(facts(base, head)).toEqual(seen);
});

test("sets name what is allowed, and what is denied grants nothing", () => {
  const text =
    '{ // why\n"permissions": { "x": {\n"read": { "allow": ["a"] }, "env": true, "net": false, "run": { "deny": ["b"] } } } }';
  expect(denoPermissions.read(PATH, new TextEncoder().encode(text))).toMatchObject({
    capabilities: [
      { name: "read", level: "scoped", line: 3 },
      { name: "env", level: "all" },
    ],
  });
});

test("a list is no configuration", () => {
  expect(denoPermissions.read(PATH, new TextEncoder().encode("[]"))).toMatchObject({
    code: "no-config",
  });
});

test.each([
  {
    base: "node --permission --allow-fs-read=* x.js",
    head: "node x.js --permission --allow-fs-read=*",
    seen: [
      "raised scripts.a everything kept→all package.json:3",
      "removed scripts.a fs-read all→- package.json:3",
    ],
  },
  ...[
    "node x.js",
    "node --permission --no-permission x.js",
    "node --permission-audit x.js",
    "node -- x.js --permission",
    "node --title x.js --permission x.js; node x.js",
    "/usr/bin/node x.js",
    "sh -c 'node x.js'",
    "NODE_OPTIONS=--permission node --no-permission x.js",
  ].map((head) => ({
    ...{ base: "node --permission x.js", head },
    seen: ["raised scripts.a everything kept→all package.json:3"],
  })),
  ...[
    "node --experimental-permission x.js",
    "node --experimental_permission x.js",
    "node --permission=false x.js",
    "node -r ./a.js --title a --permission x.js",
    "NODE_OPTIONS='-r ./a.js --permission' node x.js",
    "cross-env NODE_OPTIONS=--permission node y.js",
    "sh -c 'node --permission x.js'",
  ].map((head) => ({ base: "node --permission x.js", head, seen: [] })),
  {
    base: "node --permission --allow-fs-write=/tmp x.js",
    head: "node --permission --allow-fs-write=/tmp --allow-fs-write /etc --allow-child-process x.js",
    seen: [
      "added scripts.a child-process -→all package.json:3",
      "raised scripts.a fs-write scoped→scoped package.json:3",
    ],
  },
  {
    base: "node x.js",
    head: "node --permission --allow-fs-read=* --allow-addons x.js",
    seen: ["lowered scripts.a everything all→kept package.json:3"],
  },
  {
    base: "node --permission x.js",
    head: "tsx x.js",
    seen: ["removed scripts.a everything kept→- package.json:3"],
  },
  { base: "node x.js", head: "node --test y.js", seen: [] },
])("the script $base → $head", ({ base, head, seen }) => {
  expect(facts(base, head, PACKAGE)).toEqual(seen);
});

test("a script that is renamed and leaves the permission model is known again", () => {
  const file = (name: string, command: string) => ({
    [PACKAGE]: JSON.stringify({ scripts: { [name]: command } }),
  });
  const [base, head] = [file("a", "node --permission x.js"), file("b", "node x.js")];
  expect(diffOf(base, head).map(shown)).toEqual([
    "raised scripts.b everything kept→all package.json:1",
  ]);
});

test("tasks of Deno may start Node", () => {
  expect(facts("node --permission x.js", "node x.js")).toEqual([
    "raised tasks.a everything kept→all deno.json:3",
  ]);
});

test("a task has what its set names, and commands have sets of their own", () => {
  const config = {
    tasks: { a: { command: "deno run -P x.ts" }, b: "deno run -Pc -R=d x.ts" },
    permissions: { default: { net: true }, c: { all: true, read: { allow: ["e"], ignore: true } } },
    ...{ test: { permissions: "c" }, bench: { permissions: { run: ["git"] } } },
    compile: { permissions: "unknown" },
    allowScripts: { allow: ["npm:a"], deny: ["npm:b"] },
  };
  expect(grantsOf(config)).toEqual([
    "tasks.a net all (everywhere)",
    "tasks.b read scoped (d, e, not read everywhere)",
    "tasks.b everything all (everywhere, not read everywhere)",
    "permissions.default net all (everywhere)",
    "permissions.c everything all (everywhere, not read everywhere)",
    "permissions.c read scoped (e, not read everywhere)",
    "test.permissions everything all (everywhere, not read everywhere)",
    "test.permissions read scoped (e, not read everywhere)",
    "bench.permissions run scoped (git)",
    "allowScripts scripts scoped (npm:a, not scripts npm:b)",
  ]);
});

test("a list is no package, which the reader of packages says", () => {
  expect(denoPermissions.read(PACKAGE, new TextEncoder().encode("[]"))).toMatchObject({
    capabilities: [],
  });
});
