import { expect, test } from "vitest";
import { denoPermissions } from "../../../rules/capabilities/deno-permissions.ts";
import { diffOf, shown } from "./changes.ts";

const PATH = "deno.json";

function facts(base: string, head: string): string[] {
  const file = (command: string): string => JSON.stringify({ tasks: { a: command } }, null, 1);
  return diffOf({ [PATH]: file(base) }, { [PATH]: file(head) }).map(shown);
}

test.each([
  { path: "deno.json", claim: "grants" },
  { path: "a/deno.jsonc", claim: "grants" },
  { path: "fixtures/deno.json", claim: "resembles" },
  { path: "deno.lock", claim: null },
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
