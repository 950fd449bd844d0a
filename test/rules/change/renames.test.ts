import { expect, test } from "vitest";
import type { FileMode, ListedFile } from "../../../rules/change/listing.ts";
import { fileKind, renamedFrom } from "../../../rules/change/renames.ts";
import { listingOf } from "../capabilities/changes.ts";

const gone = (path: string, oid = "a", mode: FileMode = "100644"): ListedFile => ({
  path,
  base: { oid, mode },
});
const arrived = (path: string, oid = "a", mode: FileMode = "100644"): ListedFile => ({
  path,
  head: { oid, mode },
});

test.each<{ when: string; files: ListedFile[]; renames: Record<string, string> }>([
  { when: "the blob is equal", files: [gone("a"), arrived("b")], renames: { b: "a" } },
  { when: "the blob differs", files: [gone("a"), arrived("b", "x")], renames: {} },
  {
    when: "only the executable bit differs",
    files: [gone("a"), arrived("b", "a", "100755")],
    renames: { b: "a" },
  },
  {
    when: "the kind differs",
    files: [gone("a"), arrived("b", "a", "120000")],
    renames: {},
  },
  {
    when: "the old path still stands",
    files: [{ ...gone("a"), ...arrived("a", "x"), path: "a" }, arrived("b")],
    renames: {},
  },
  {
    when: "a copy arrives twice: one is new",
    files: [arrived("c"), arrived("b"), gone("a")],
    renames: { b: "a" },
  },
  {
    when: "two go and one arrives",
    files: [gone("b"), gone("a"), arrived("c")],
    renames: { c: "a" },
  },
  {
    when: "last segments are equal: they go together",
    files: [gone("a/x"), gone("b/y"), arrived("c/y"), arrived("d/x")],
    renames: { "c/y": "b/y", "d/x": "a/x" },
  },
  {
    when: "several that are left share a name: the order of bytes decides",
    files: [gone("a/q"), gone("b/p"), gone("c/q"), arrived("x"), arrived("y"), arrived("z")],
    renames: { x: "a/q", y: "b/p", z: "c/q" },
  },
  {
    when: "no last segment is equal: the order of bytes decides",
    files: [gone("b"), gone("a"), arrived("y"), arrived("x")],
    renames: { x: "a", y: "b" },
  },
])("renames are found where $when", ({ files, renames }) => {
  expect(Object.fromEntries(renamedFrom(listingOf(files)))).toEqual(renames);
  expect(Object.fromEntries(renamedFrom(listingOf([...files].reverse())))).toEqual(renames);
});

test.each([
  { mode: "100644", kind: "file" },
  { mode: "100755", kind: "file" },
  { mode: "120000", kind: "symlink" },
  { mode: "160000", kind: "submodule" },
] as const)("$mode is a $kind", ({ mode, kind }) => {
  expect(fileKind(mode)).toBe(kind);
});
