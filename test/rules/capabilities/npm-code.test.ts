import { expect, test } from "vitest";
import { npmCode } from "../../../rules/capabilities/npm-code.ts";
import { diffOf, shown, type Tree } from "./changes.ts";

test.each([
  [".pnpmfile.cjs", "grants"],
  ["a/.PNPMFILE.mjs", "grants"],
  ["pnpmfile.js", "grants"],
  [".yarn/releases/yarn-4.1.0.cjs", "grants"],
  ["a/.yarn/releases/yarn.js", "grants"],
  [".yarn/plugins/@yarnpkg/plugin-a.cjs", "grants"],
  [".pnp.cjs", "grants"],
  ["a/.pnp.loader.mjs", "grants"],
  [".env.yarn", "grants"],
  ["my.pnp.cjs", null],
  [".env", null],
  ["fixtures/.pnpmfile.cjs", "resembles"],
  ["my-pnpmfile.cjs", null],
  [".yarn/releases/README.md", null],
  ["yarn/plugins/a.cjs", null],
  [".yarn/cache/a.cjs", null],
])("%s is claimed: %s", (path, claim) => {
  expect(npmCode.claims(path)).toBe(claim);
});

const programs = (base: Tree, head: Tree): string[] =>
  diffOf(base, head)
    .filter(({ kind }) => kind === "npm.program")
    .map(shown);

test.each<{ when: string; base: Tree; head: Tree; seen: readonly string[] }>([
  {
    when: "hooks are added",
    base: {},
    head: { ".pnpmfile.cjs": "1" },
    seen: ["added .pnpmfile.cjs pnpmfile -→- .pnpmfile.cjs:1"],
  },
  {
    when: "hooks are edited",
    base: { ".pnpmfile.cjs": "1" },
    head: { ".pnpmfile.cjs": "2" },
    seen: ["raised .pnpmfile.cjs pnpmfile -→- .pnpmfile.cjs:1"],
  },
  {
    when: "what is no text is another yarn",
    base: { ".yarn/releases/yarn.cjs": Uint8Array.of(0xff) },
    head: { ".yarn/releases/yarn.cjs": Uint8Array.of(0xfe) },
    seen: ["raised yarn.cjs yarn -→- yarn.cjs:1"],
  },
  {
    when: "a plugin is renamed",
    base: { ".yarn/plugins/a.cjs": "1" },
    head: { ".yarn/plugins/@a/b.cjs": "1" },
    seen: [],
  },
])("it is told where $when", ({ base, head, seen }) => {
  expect(programs(base, head)).toEqual(seen);
});
