import { expect, test } from "vitest";
import { readCapabilities } from "../../../rules/capabilities/read-change.ts";
import {
  type Content,
  contentKey,
  type FileMode,
  type ListedFile,
} from "../../../rules/change/listing.ts";
import { listingOf, readingOf } from "./changes.ts";

const PATH = ".github/workflows/ci.yml";
const GOOD = "on: push\npermissions: {contents: read}\njobs: {a: {}}\n";
const BROKEN = "on: push\njobs: a\n";

test("each side's capabilities carry their path", () => {
  const { base, head, completeness } = readingOf({}, { [PATH]: GOOD, "README.md": "x" });
  expect(base).toEqual([]);
  expect(head.map(({ path, name }) => `${path} ${name}`)).toEqual([
    `${PATH} push`,
    `${PATH} contents`,
  ]);
  expect(completeness).toEqual({ relevant: 1, read: 1, unread: [] });
});

test("a head that is not understood is unread, with its line", () => {
  const { completeness } = readingOf({ [PATH]: GOOD }, { [PATH]: BROKEN });
  const why = "`jobs` is no map of jobs";
  expect(completeness).toEqual({
    relevant: 2,
    read: 1,
    unread: [{ path: PATH, side: "head", claim: "grants", why, line: 2 }],
  });
});

test("a base that is not understood counts, but denies nothing: all at head is then new", () => {
  const { base, head, completeness } = readingOf({ [PATH]: BROKEN }, { [PATH]: GOOD });
  expect(base).toEqual([]);
  expect(head).toHaveLength(2);
  expect(completeness).toEqual({ relevant: 2, read: 1, unread: [] });
});

test.each<{ what: string; content?: Content; mode?: FileMode; why: string }>([
  { what: "too large", content: { unread: "too-large" }, why: "too large" },
  {
    what: "missing",
    content: { unread: "missing-object" },
    why: "its object is missing from the repository",
  },
  { what: "not a file", content: { unread: "not-a-file" }, why: "a submodule, not a file" },
  { what: "not gathered", why: "its content was not gathered" },
  { what: "a submodule", mode: "160000", why: "a submodule, not a file" },
  {
    what: "a symlink, even to a good workflow",
    mode: "120000",
    content: new TextEncoder().encode(GOOD),
    why: "a symbolic link, which is never followed",
  },
])("a head that is $what is unread", ({ content, mode = "100644", why }) => {
  const files: ListedFile[] = [{ path: PATH, head: { oid: "a", mode } }];
  const contents = new Map(content ? [[contentKey("head", PATH), content]] : []);
  const { head, completeness } = readCapabilities(listingOf(files), contents);
  expect(head).toEqual([]);
  expect(completeness).toEqual({
    relevant: 1,
    read: 0,
    unread: [{ path: PATH, side: "head", claim: "grants", why, line: null }],
  });
});
