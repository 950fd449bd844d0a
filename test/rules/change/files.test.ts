import { expect, test } from "vitest";
import { fileFacts } from "../../../rules/change/files.ts";
import {
  type Content,
  contentKey,
  type FileMode,
  type FileVersion,
  type ListedFile,
} from "../../../rules/change/listing.ts";
import { listingOf } from "../capabilities/changes.ts";

function version(oid: string, mode: FileMode = "100644"): FileVersion {
  return { oid, mode };
}

function factsOf(files: readonly ListedFile[], contents: Record<string, Content> = {}) {
  return fileFacts(listingOf(files), new Map(Object.entries(contents)));
}

test.each<{ when: string; file: Omit<ListedFile, "path">; status: string }>([
  { when: "only the head has it", file: { head: version("a") }, status: "added" },
  { when: "only the base has it", file: { base: version("a") }, status: "removed" },
  {
    when: "its content differs",
    file: { base: version("a"), head: version("b") },
    status: "modified",
  },
  {
    when: "it became executable",
    file: { base: version("a"), head: version("a", "100755") },
    status: "modified",
  },
  {
    when: "a file became a symlink",
    file: { base: version("a"), head: version("a", "120000") },
    status: "typechanged",
  },
  {
    when: "a symlink became a submodule",
    file: { base: version("a", "120000"), head: version("b", "160000") },
    status: "typechanged",
  },
])("a file is $status when $when", ({ file, status }) => {
  expect(factsOf([{ path: "x", ...file }])).toMatchObject([
    {
      path: "x",
      previousPath: null,
      status,
      baseMode: file.base?.mode ?? null,
      headMode: file.head?.mode ?? null,
    },
  ]);
});

test("a rename is one fact at its head path, with the base's mode and size", () => {
  const files: ListedFile[] = [
    { path: "old.sh", base: version("a") },
    { path: "new.sh", head: version("a", "100755") },
  ];
  const contents = {
    [contentKey("base", "old.sh")]: new Uint8Array(3),
    [contentKey("head", "new.sh")]: new Uint8Array(4),
  };
  expect(factsOf(files, contents)).toEqual([
    {
      path: "new.sh",
      previousPath: "old.sh",
      status: "renamed",
      baseMode: "100644",
      headMode: "100755",
      baseSize: 3,
      headSize: 4,
      binary: true,
      addedLines: null,
      removedLines: null,
      owners: null,
      previousOwners: null,
    },
  ]);
});

test("sizes and binary are null where nothing was gathered", () => {
  const files = [{ path: "x", base: version("a"), head: version("b") }];
  const contents: Record<string, Content> = { [contentKey("head", "x")]: { unread: "too-large" } };
  expect(factsOf(files, contents)).toMatchObject([
    { baseSize: null, headSize: null, binary: null },
  ]);
});

test("a text that only one side has is not binary, and of a path that none has nothing is known", () => {
  const files = [{ path: "new", head: version("a") }, { path: "none" }];
  const facts = factsOf(files, { [contentKey("head", "new")]: bytes("a") });
  expect(facts.map(({ binary }) => binary)).toEqual([false, null]);
});

test.each<{ when: string; base: Content; head: Content; binary: boolean | null }>([
  { when: "both are text", base: bytes("a"), head: bytes("b"), binary: false },
  { when: "one holds a NUL", base: bytes("a"), head: bytes("b\0"), binary: true },
  {
    when: "the NUL is beyond the first 8,000 bytes",
    base: bytes("a"),
    head: bytes(`${"x".repeat(8000)}\0`),
    binary: false,
  },
  { when: "one is text, one not read", base: bytes("a"), head: unread(), binary: null },
  { when: "one is binary, one not read", base: bytes("\0"), head: unread(), binary: true },
])("binary is $binary when $when", ({ base, head, binary }) => {
  const contents = { [contentKey("base", "x")]: base, [contentKey("head", "x")]: head };
  const files = [{ path: "x", base: version("a"), head: version("b") }];
  expect(factsOf(files, contents)[0]?.binary).toBe(binary);
});

test("facts come in the order of bytes, whatever the listing's", () => {
  const paths = ["b", "a/é", "a/z", "A", "\u{1F600}", "\uFB01"];
  const files = paths.map((path) => ({ path, head: version(path) }));
  const sorted = ["A", "a/z", "a/é", "b", "\uFB01", "\u{1F600}"];
  expect(factsOf(files).map((fact) => fact.path)).toEqual(sorted);
  expect(factsOf(files.reverse()).map((fact) => fact.path)).toEqual(sorted);
});

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function unread(): Content {
  return { unread: "missing-object" };
}
