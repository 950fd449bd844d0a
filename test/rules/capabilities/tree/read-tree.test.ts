import { expect, test } from "vitest";
import { readTree, treeVersions } from "../../../../rules/capabilities/tree/read-tree.ts";
import type { ListedFile } from "../../../../rules/change/listing.ts";
import { type At, changeOfPaths, factListOf, factsOf, type Paths } from "./tree-change.ts";

const OUT = { link: "/x" };
const OTHER = { oid: "9".repeat(40), mode: "120000" } as const;
const { listing } = changeOfPaths({}, { a: OUT });
const IN_HEAD = { oid: listing.files[0]?.head?.oid ?? "", mode: "120000" } as const;

test("every version but a submodule's is wanted, and .gitmodules once", () => {
  const lib = { submodule: "1".repeat(40) };
  const base = { a: "1", gone: "x", ".gitmodules": "" };
  const wanted = (head: Parameters<typeof changeOfPaths>[1]) =>
    treeVersions(changeOfPaths(base, head).listing).map(({ side, path }) => `${side} ${path}`);
  const all = ["base .gitmodules", "head .gitmodules", "base a", "head a", "base gone"];
  expect(wanted({ a: "2", lib, ".gitmodules": "#" })).toEqual(all);
  expect(wanted({ a: "2", lib, ".gitmodules": "" }).sort()).toEqual([...all].sort());
});

test("a version is wanted up to 4 MiB", () => {
  expect(treeVersions(listing)).toEqual([{ path: "a", side: "head", maxBytes: 4 * 1024 * 1024 }]);
});

test.each([
  { when: "it is moved", tip: {}, seen: [] },
  {
    when: "it is moved, but the base removed it",
    tip: { baseTip: null },
    seen: ["added /x -→outside"],
  },
  {
    when: "it is moved, but the base changed it",
    tip: { baseTip: OTHER },
    seen: ["added /x -→outside"],
  },
])("a link is told rightly where $when", ({ tip, seen }) => {
  expect(factsOf("tree.symlink", { a: OUT }, { b: OUT }, { a: tip })).toEqual(seen);
});

test.each([
  { what: "made alike lands nothing", tip: IN_HEAD, seen: [] },
  { what: "made links with other targets lands", tip: OTHER, seen: ["added /x -→outside"] },
  { what: "changed lands where the base took it away", tip: null, seen: ["added /x -→outside"] },
  {
    what: "made of the same bytes, but no link in the base, lands",
    tip: { ...IN_HEAD, mode: "100644" as const },
    seen: ["added /x -→outside"],
  },
])("what both sides $what", ({ tip, seen }) => {
  expect(factsOf("tree.symlink", {}, { a: OUT }, { a: { baseTip: tip } })).toEqual(seen);
});

test("a byte order mark is none behind another one", () => {
  expect(factsOf("text.invisible", {}, { a: "\uFEFFx" })).toEqual([]);
  expect(factsOf("text.invisible", {}, { a: "\uFEFF\uFEFFx" })).toHaveLength(1);
});

test("what both sides changed vouches at its own path alone", () => {
  const more = { a: { baseTip: OTHER } };
  const executable = { executable: "1" };
  const facts = (head: Parameters<typeof factsOf>[2]) =>
    factsOf("tree.executable", { a: executable }, head, more);
  expect(facts({ a: { executable: "2" } })).toEqual([]);
  expect(facts({ a: "2", b: executable }).sort()).toEqual([
    "added executable -→script",
    "removed executable script→-",
  ]);
});

test("versions that hold too much together are unread from there on, small ones still fit", () => {
  const four = new Uint8Array(4 * 1024 * 1024).fill(0x61);
  const large = Object.fromEntries(
    Array.from({ length: 17 }, (_, index) => [String.fromCharCode(97 + index), four]),
  );
  const head = { ...large, a: four.subarray(1), z: { executable: "x" } };
  expect(factListOf("tree.unread", {}, head)).toMatchObject([
    { path: "q", name: "too large, alone or with the rest of the change" },
  ]);
  expect(factListOf("tree.executable", {}, head)).toMatchObject([{ path: "z", after: "script" }]);
  const full = { ...large, z: { executable: "x" } };
  expect(factListOf("tree.executable", {}, full)).toMatchObject([{ path: "z", after: "binary" }]);
});

test("paths that grant too much of a sort are one capability together, which other paths raise", () => {
  const version = { oid: "1".repeat(40), mode: "160000" } as const;
  const files = Array.from({ length: 10_005 }, (_, index): ListedFile => ({
    path: `m${index}`,
    head: version,
  }));
  const read = (all: readonly ListedFile[]) => readTree({ ...listing, files: all }, new Map()).head;
  const granted = read(files);
  expect(granted).toHaveLength(2_001);
  expect(granted.at(-1)).toMatchObject({
    ...{ kind: "tree.submodule", name: "and more", level: "undeclared" },
    ...{ path: "m2000", context: "8005 of this kind" },
  });
  const changed = read([...files.slice(0, -1), { path: "other", head: version }]);
  expect(changed.at(-1)?.reach).not.toEqual(granted.at(-1)?.reach);
});

test("no number of weak capabilities hides a strong one behind them", () => {
  const scripts = Array.from({ length: 2_005 }, (_, index): [string, At] => [
    `m${index}`,
    { executable: "x" },
  ]);
  const head: Paths = { ...Object.fromEntries(scripts), z: OUT };
  expect(factListOf("tree.executable", {}, head)).toHaveLength(2_001);
  expect(factsOf("tree.symlink", {}, head)).toEqual(["added /x -→outside"]);
});

test("what differs in its name alone is of one sort", () => {
  const links = Array.from({ length: 2_005 }, (_, index): [string, At] => [
    `m${index}`,
    { link: `/x${index}` },
  ]);
  expect(factListOf("tree.symlink", {}, Object.fromEntries(links))).toHaveLength(2_001);
});

test("of names that mislead, each sort keeps its name", () => {
  const names = Array.from({ length: 2_005 }, (_, index): [string, At] => [`m\u200b${index}`, ""]);
  const head: Paths = { ...Object.fromEntries(names), "z/GIT~1": "" };
  const seen = factListOf("tree.path", {}, head).map(({ name }) => name);
  expect(new Set(seen)).toEqual(new Set(["control", "git"]));
});
