import { expect, test } from "vitest";
import { claimedVersions, claimVersions, readers } from "../../../rules/capabilities/readers.ts";
import type { FileMode } from "../../../rules/change/listing.ts";
import { listingOf } from "./changes.ts";

const version = (mode: FileMode = "100644") => ({ oid: "a", mode });

test("both versions of a claimed file are wanted, with its reader's limit", () => {
  const files = [
    { path: ".github/workflows/a.yml", base: version(), head: version("100755") },
    { path: ".github/workflows/b.yaml", head: version() },
    { path: "README.md", base: version(), head: version() },
  ];
  expect(claimedVersions(listingOf(files))).toEqual([
    { path: ".github/workflows/a.yml", side: "base", maxBytes: 1024 * 1024 },
    { path: ".github/workflows/a.yml", side: "head", maxBytes: 1024 * 1024 },
    { path: ".github/workflows/b.yaml", side: "head", maxBytes: 1024 * 1024 },
  ]);
});

test("what is no regular file is not wanted", () => {
  const path = ".github/workflows/a.yml";
  const files = [{ path, base: version("120000"), head: version("160000") }];
  expect(claimedVersions(listingOf(files))).toEqual([]);
});

test.each([".github", ".github/workflows"])(
  "%s is claimed: as a link it hides workflows",
  (path) => {
    const claimed = claimVersions(listingOf([{ path, head: version("120000") }]));
    expect(claimed.map(({ claim }) => claim)).toEqual(["grants"]);
  },
);

test("no two readers share a name or report one kind", () => {
  const names = readers.map((reader) => reader.name);
  const kinds = readers.flatMap((reader) => Object.keys(reader.kinds));
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(kinds).size).toBe(kinds.length);
});
