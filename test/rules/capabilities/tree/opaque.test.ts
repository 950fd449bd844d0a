import { expect, test } from "vitest";
import { readTree } from "../../../../rules/capabilities/tree/read-tree.ts";
import { type At, changeOfPaths, factListOf, factsOf, type Paths, raw } from "./tree-change.ts";

const KIND = "tree.opaque";
const ELF = "\x7fELF\x02\x01\0";
const ZIP = "PK\x03\x04\x14\0";
const PNG = "\x89PNG\r\n\x1a\n\0";
const DATA = "\x01\x02\0\xff";

test.each([
  { path: "a", bytes: ELF, seen: "elf -→executable" },
  { path: "lib/a.so", bytes: ELF, seen: "elf -→executable" },
  { path: "a.png", bytes: ELF, seen: "elf -→disguised" },
  { path: "a.YML", bytes: ELF, seen: "elf -→disguised" },
  { path: "a.zip", bytes: ZIP, seen: "zip -→archive" },
  { path: "a.docx", bytes: ZIP, seen: "zip -→archive" },
  { path: "gradle/wrapper/gradle-wrapper.jar", bytes: ZIP, seen: "zip -→executable" },
  { path: "a.jar", bytes: "\x1f\x8b\x08\0", seen: "gzip -→archive" },
  { path: "a.yml", bytes: ZIP, seen: "zip -→disguised" },
  { path: "a.woff2", bytes: ZIP, seen: "zip -→disguised" },
  { path: "a.yml", bytes: PNG, seen: "png -→disguised" },
  { path: "a.bin", bytes: PNG, seen: "png -→data" },
  { path: "a.png", bytes: `${PNG}PK\x05\x06${"\0".repeat(18)}`, seen: "zip after png -→disguised" },
  { path: "a.png", bytes: "%PDF-1.7\n\0", seen: "pdf -→disguised" },
  { path: "a.bin", bytes: DATA, seen: "unknown -→data" },
  { path: "a.js", bytes: "/*\0*/ run();\n", seen: "unknown -→disguised" },
  { path: "Makefile", bytes: "# \0\nall:\n", seen: "unknown -→disguised" },
  { path: "docker/Dockerfile.dev", bytes: DATA, seen: "unknown -→disguised" },
  { path: ".envrc", bytes: DATA, seen: "unknown -→disguised" },
  { path: "profile", bytes: DATA, seen: "unknown -→disguised" },
  { path: "a.ts", bytes: `G${"\0".repeat(187)}`.repeat(3), seen: "mpeg transport stream -→data" },
  { path: "a.png", bytes: DATA, seen: "unknown -→disguised" },
  { path: "a.mp3", bytes: DATA, seen: "unknown -→data" },
  { path: "a.db", bytes: "SQLite format 3\0\0", seen: "sqlite -→data" },
  { path: "a.gif", bytes: "SQLite format 3\0\0", seen: "sqlite -→disguised" },
  { path: "a.txt", bytes: "caf\xe9", seen: "not UTF-8 text -→data" },
  { path: "a.reg", bytes: "\xff\xfea\0", seen: "utf-16 text -→data" },
])("$path is seen as $seen", ({ path, bytes, seen }) => {
  expect(factsOf(KIND, {}, { [path]: raw(bytes) })).toEqual([`added ${seen}`]);
});

test("what bytes are is no guess", () => {
  expect(factListOf(KIND, {}, { a: raw(ELF) })).toMatchObject([{ certainty: "exact" }]);
});

test.each([
  { what: "an image under its name", path: "a.png", at: raw(PNG) },
  { what: "an image under another image's name", path: "a.ico", at: raw(PNG) },
  { what: "an image under a recording's name", path: "a.mp3", at: raw(PNG) },
  { what: "a font under an image's name", path: "a.png", at: raw("wOF2\0\x01\0\0") },
  { what: "a recording under an image's name", path: "a.gif", at: raw("\0\0\0\x1cftypmp42") },
  { what: "a document under its name", path: "a.pdf", at: raw("%PDF-1.7\n\0") },
  { what: "text", path: "a", at: "text caf\u00e9" },
  { what: "text that starts as a program", path: "a.md", at: "MZ is how programs start" },
  {
    what: "a pointer to a large file",
    path: "a.png",
    at: "version https://git-lfs.github.com/spec/v1\n",
  },
  { what: "nothing", path: "a.png", at: "" },
  { what: "what was not read", path: "a", at: { unread: "too-large" }, is: ["tree.unread"] },
  { what: "a link", path: "a", at: { link: raw(ELF) }, is: ["tree.symlink"] },
] as { what: string; path: string; at: At; is?: string[] }[])("$what is not opaque", (file) => {
  const { listing, contents } = changeOfPaths({}, { [file.path]: file.at });
  const kinds = readTree(listing, contents).head.map(({ kind }) => kind);
  expect(kinds).toEqual(file.is ?? []);
});

test.each([
  {
    when: "its bytes change",
    head: { "a.zip": raw(`${ZIP}1`) },
    seen: ["raised zip archive→archive"],
  },
  { when: "it is moved", head: { "b.zip": raw(ZIP) }, seen: [] },
  {
    when: "it takes another file's name",
    head: { "b.yml": raw(ZIP) },
    seen: ["raised zip archive→disguised"],
  },
  {
    when: "another one takes its place",
    head: { "b.zip": raw(`${ZIP}1`) },
    seen: ["added zip -→archive", "removed zip archive→-"],
  },
  { when: "it becomes executable", head: { "a.zip": { executable: raw(ZIP) } }, seen: [] },
] as { when: string; head: Paths; seen: string[] }[])(
  "the difference is right where $when",
  ({ head, seen }) => {
    expect(factsOf(KIND, { "a.zip": raw(ZIP) }, head).sort()).toEqual(seen);
  },
);
