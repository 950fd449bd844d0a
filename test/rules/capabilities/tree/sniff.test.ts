import { gzipSync, zstdCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { sniff } from "../../../../rules/capabilities/tree/sniff.ts";
import { raw } from "./tree-change.ts";

const PNG = "\x89PNG\r\n\x1a\n";
const ZIP_END = `PK\x05\x06${"\0".repeat(16)}\0\0`;

test("what this machine packs is told", () => {
  expect(sniff(gzipSync("text"))?.name).toBe("gzip");
  expect(sniff(zstdCompressSync("text"))?.name).toBe("zstd");
});

test.each([
  { what: "Latin-1", text: "caf\xe9\n\ttext\r\n", is: "not UTF-8 text" },
  { what: "Latin-1 that starts as a program", text: "MZ caf\xe9", is: "not UTF-8 text" },
  { what: "a script in Latin-1", text: "#!/bin/sh\n# caf\xe9", is: "not UTF-8 text" },
  { what: "an archive's mark before Latin-1", text: "BZh caf\xe9", is: "not UTF-8 text" },
  { what: "Japanese that escapes switch to", text: "\xe9 \x1b$B", is: "not UTF-8 text" },
  { what: "UTF-16 without a control character", text: "\xff\xfe\x2d\x4e", is: "utf-16 text" },
  { what: "Latin-1 with a DEL", text: "caf\xe9\x7f", is: undefined },
  { what: "random bytes", text: "\x01\x02\xf7\xf8", is: undefined },
  { what: "nothing", text: "", is: "not UTF-8 text" },
])("$what is $is", ({ text, is }) => {
  expect(sniff(raw(text))?.name).toBe(is);
});

test.each([
  { when: "an image comes first", text: `${PNG}${ZIP_END}`, is: "zip after png" },
  { when: "anything comes first", text: `\x01\0${ZIP_END}`, is: "zip" },
  { when: "its comment fills the rest", text: `\x01${ZIP_END.slice(0, -2)}\x03\0abc`, is: "zip" },
  {
    when: "its comment is as long as one can be",
    text: `\x01${ZIP_END.slice(0, -2)}\xff\xff${"c".repeat(65_535)}`,
    is: "zip",
  },
])("a zip at the end is found where $when", ({ text, is }) => {
  expect(sniff(raw(text))).toEqual({ name: is, use: "archive" });
});

test.each([
  { first: "a program", text: `\x7fELF\0${ZIP_END}`, is: "elf" },
  { first: "another archive", text: `\x1f\x8b\0${ZIP_END}`, is: "gzip" },
])("what has a zip behind it stays $first", ({ text, is }) => {
  expect(sniff(raw(text))?.name).toBe(is);
});

test.each([
  { when: "more follows than its comment", text: `${PNG}${ZIP_END}abc` },
  { when: "it is cut short", text: `${PNG}${ZIP_END.slice(0, -1)}` },
  { when: "only the first byte is its mark's", text: `${PNG}P${"\0".repeat(21)}` },
  { when: "it is too far from the end", text: `${PNG}${ZIP_END}${"\0".repeat(70_000)}` },
])("no zip is seen where $when", ({ text }) => {
  expect(sniff(raw(text))?.name).toBe("png");
});

test("a disk image of macOS is known by its end alone", () => {
  const image = `\x01${"\0".repeat(99)}koly${"\0".repeat(508)}`;
  expect(sniff(raw(image))).toEqual({ name: "dmg", use: "archive" });
});
