import { expect, test } from "vitest";
import {
  changedLines,
  lineFacts,
  type LineLimits,
} from "../../../../rules/change/lines/changed-lines.ts";
import { contentKey, type Content, type FileMode } from "../../../../rules/change/listing.ts";
import { type ChangedText, changeOf } from "../../sample-evidence.ts";

/** `a:+2 text`, `a:?` */
function told(files: readonly ChangedText[], limits?: LineLimits): string[] {
  const { listing, contents } = changeOf(files);
  return shown(listing, contents, limits);
}

function shown(...change: Parameters<typeof changedLines>): string[] {
  return lineFacts(changedLines(...change)).map(({ path, delta, line, text }) =>
    delta === null ? `${path}:?` : `${path}:${delta === "added" ? "+" : "-"}${line} ${text}`,
  );
}

test.each<{ when: string; base?: string; head?: string; wanted: string[] }>([
  { when: "a file came", head: "a\nb\n", wanted: ["f:+1 a", "f:+2 b"] },
  { when: "a file went", base: "a\n", wanted: ["f:-1 a"] },
  { when: "an empty file came", head: "", wanted: [] },
  { when: "only the newline at the end differs", base: "a", head: "a\n", wanted: [] },
  { when: "a line came behind one without newline", base: "a", head: "a\nb", wanted: ["f:+2 b"] },
  { when: "lines end in CRLF", head: "a\r\nb\r\n", wanted: ["f:+1 a", "f:+2 b"] },
  {
    when: "lines end in CRLF now",
    base: "a\n",
    head: "a\r\n",
    wanted: ["f:-1 a", "f:+1 a"],
  },
  { when: "a lone CR stands in a line", head: "a\rb\n", wanted: ["f:+1 a\rb"] },
  { when: "U+2028 stands in a line", head: "a\u2028b\n", wanted: ["f:+1 a\u2028b"] },
  { when: "empty lines came", base: "a\n", head: "\n\na\n", wanted: ["f:+1 ", "f:+2 "] },
  { when: "text is not ASCII", base: "ä\n", head: "ä\nö\u{1f600}\n", wanted: ["f:+2 ö\u{1f600}"] },
  { when: "a file begins with a mark of byte order", head: "\ufeffa", wanted: ["f:+1 \ufeffa"] },
  { when: "a file is binary", head: "a\0\n", wanted: [] },
  { when: "a text becomes binary", base: "a\n", head: "a\0\n", wanted: ["f:-1 a"] },
  { when: "a binary file becomes text", base: "a\0\n", head: "a\n", wanted: ["f:+1 a"] },
])("$when", ({ wanted, ...sides }) => {
  expect(told([{ path: "f", ...sides }])).toEqual(wanted);
});

test("files stand in the order of their paths, whatever the order of the listing", () => {
  const files = ["b", "a"].map((path) => ({ path, head: path }));
  expect(told(files)).toEqual(["a:+1 a", "b:+1 b"]);
});

test("a rename has no lines, and a file that stays beside its copy has", () => {
  expect(
    told([
      { path: "old", base: "a\n" },
      { path: "new", head: "a\n" },
      { path: "copy", head: "a\n" },
    ]),
  ).toHaveLength(1);
});

function one(head: { content?: Content; mode?: FileMode }, base = "a\n") {
  const { listing, contents } = changeOf([{ path: "f", base, head: "b\n" }]);
  const files = listing.files.map((file) => ({
    ...file,
    head: { oid: "e".repeat(40), mode: head.mode ?? "100644" },
  }));
  const key = contentKey("head", "f");
  return {
    listing: { ...listing, files },
    contents: head.content ? new Map([...contents, [key, head.content]]) : contents,
  };
}

test.each([
  { what: "a version that is too large", head: { content: { unread: "too-large" as const } } },
  { what: "one that the clone lacks", head: { content: { unread: "missing-object" as const } } },
])("the lines of $what are unknown, and the file is named", ({ head }) => {
  const { listing, contents } = one(head);
  expect(shown(listing, contents)).toEqual(["f:?"]);
});

test("a file that becomes a submodule loses its lines and gets none", () => {
  const { listing, contents } = one({ mode: "160000", content: { unread: "not-a-file" } });
  expect(shown(listing, contents)).toEqual(["f:-1 a"]);
});

test("bytes that are no UTF-8 differ where the bytes do, and read as replaced", () => {
  const { listing, contents } = one({ content: new Uint8Array([0x61, 0x0a, 0xff, 0x0a]) }, "a\n");
  expect(shown(listing, contents)).toEqual(["f:+2 \ufffd"]);
  const other = one({ content: new Uint8Array([0xfe, 0x0a]) });
  const base = new Map([...other.contents, [contentKey("base", "f"), new Uint8Array([0xff])]]);
  expect(shown(other.listing, base)).toEqual(["f:-1 \ufffd", "f:+1 \ufffd"]);
});

test("a file's change of mode has no lines", () => {
  const { listing, contents } = changeOf([{ path: "f", base: "a", head: "a" }]);
  expect(shown(listing, contents)).toEqual([]);
});

test.each([
  { what: "lines", limits: { lines: 2, text: 99 } },
  { what: "text", limits: { lines: 99, text: 2 } },
])("a file whose $what go over the limits of the whole is unknown, and no other", ({ limits }) => {
  const files = [
    { path: "a", head: "1\n" },
    { path: "b", head: "1\n2\n3\n" },
    { path: "c", head: "1\n" },
  ];
  expect(told(files, limits)).toEqual(["a:+1 1", "b:?", "c:+1 1"]);
});
