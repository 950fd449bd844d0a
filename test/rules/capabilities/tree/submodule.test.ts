import { expect, test } from "vitest";
import { factListOf, factsOf, type Paths } from "./tree-change.ts";

const ONE = { submodule: "1".repeat(40) };
const TWO = { submodule: "2".repeat(40) };
const LIB = '[submodule "lib"]\n\tpath = lib\n\turl = https://host/lib\n';

function facts(base: Paths, head: Paths): string[] {
  return factsOf("tree.submodule", base, head).sort();
}

test.each([
  {
    when: "its commit changes and .gitmodules does not",
    base: { lib: ONE, ".gitmodules": LIB },
    head: { lib: TWO, ".gitmodules": LIB },
    seen: ["raised https://host/lib declared→declared"],
  },
  {
    when: "it comes with its section",
    base: {},
    head: { lib: ONE, ".gitmodules": LIB },
    seen: ["added https://host/lib -→declared"],
  },
  {
    when: "there is no .gitmodules",
    base: {},
    head: { lib: ONE },
    seen: ["added no .gitmodules entry -→undeclared"],
  },
  {
    when: "no section names its path",
    base: {},
    head: { other: ONE, ".gitmodules": LIB },
    seen: ["added no .gitmodules entry -→undeclared"],
  },
  {
    when: "a section has no URL",
    base: {},
    head: { lib: ONE, ".gitmodules": '[submodule "lib"]\npath = lib' },
    seen: ["added no .gitmodules entry -→undeclared"],
  },
  {
    when: "two sections name its path",
    base: {},
    head: { lib: ONE, ".gitmodules": `${LIB}[submodule "b"]\npath = lib\nurl = https://b` },
    seen: ["added no .gitmodules entry -→undeclared"],
  },
  {
    when: "a section names another path as well",
    base: {},
    head: { lib: ONE, ".gitmodules": `${LIB}[submodule "b"]\npath = b\nurl = https://b` },
    seen: ["added https://host/lib -→declared"],
  },
  {
    when: "git would refuse .gitmodules",
    base: {},
    head: { lib: ONE, ".gitmodules": "[" },
    seen: ["added a .gitmodules that was not understood -→undeclared"],
  },
  {
    when: "nobody read .gitmodules",
    base: {},
    head: { lib: ONE, ".gitmodules": { unread: "too-large" } },
    seen: ["added a .gitmodules that was not read -→undeclared"],
  },
  {
    when: "a link stands in the place of .gitmodules",
    base: {},
    head: { lib: ONE, ".gitmodules": { link: LIB } },
    seen: ["added no .gitmodules entry -→undeclared"],
  },
  {
    when: "a submodule stands in the place of .gitmodules",
    base: {},
    head: { lib: ONE, ".gitmodules": TWO },
    seen: ["added no .gitmodules entry -→undeclared", "added no .gitmodules entry -→undeclared"],
  },
  {
    when: "another section names no path",
    base: {},
    head: { lib: ONE, ".gitmodules": `${LIB}[submodule "b"]\nurl = https://b` },
    seen: ["added https://host/lib -→declared"],
  },
  {
    when: "it is moved and its section with it",
    base: { lib: ONE, ".gitmodules": LIB },
    head: { "a/lib": ONE, ".gitmodules": LIB.replace("= lib", "= a/lib") },
    seen: [],
  },
  {
    when: "it is named in bytes that need an escape",
    base: {},
    head: { "a\\\\b": ONE, ".gitmodules": LIB.replace("= lib", "= a\\\\b") },
    seen: ["added https://host/lib -→declared"],
  },
  {
    when: "its URL holds a password",
    base: {},
    head: { lib: ONE, ".gitmodules": LIB.replace("host", "u:p@host") },
    seen: ["added https://…@host/lib -→declared"],
  },
  {
    when: "a folder becomes one",
    base: { lib: "text" },
    head: { lib: ONE, ".gitmodules": LIB },
    seen: ["added https://host/lib -→declared"],
  },
] as { when: string; base: Paths; head: Paths; seen: string[] }[])(
  "a submodule is seen where $when",
  ({ base, head, seen }) => {
    expect(facts(base, head)).toEqual(seen);
  },
);

test("a submodule is told for sure", () => {
  expect(factListOf("tree.submodule", {}, { lib: ONE })).toMatchObject([{ certainty: "exact" }]);
});
