import { gzipSync, zstdCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { sniff } from "../../../../rules/capabilities/tree/sniff.ts";
import { raw } from "./tree-change.ts";

const ZIP_END = `PK\x05\x06${"\0".repeat(16)}\0\0`;

test.each([
  { start: "\x7fELF\x02\x01\x01\0", is: "elf" },
  { start: "MZ\x90\0", is: "pe" },
  { start: "\xfe\xed\xfa\xcf\0", is: "mach-o" },
  { start: "\xcf\xfa\xed\xfe\x07\0", is: "mach-o" },
  { start: "\xca\xfe\xba\xbe\0\0\0\x02", is: "mach-o" },
  { start: "\xca\xfe\xba\xbe\0\0\0\x34", is: "java class" },
  { start: "\0asm\x01\0\0\0", is: "wasm" },
  { start: "dex\n035\0", is: "dex" },
  { start: "\xcb\x0d\r\n\0\0", is: "pyc" },
  { start: "\x03\xf3\r\n\0\0", is: "pyc" },
  { start: "BC\xc0\xde5\x14", is: "llvm bitcode" },
  { start: "FOR1\0\0\x01\0BEAM", is: "erlang beam" },
  { start: "\x80\x04\x95\x10\0", is: "python pickle" },
  { start: "#!/bin/sh\nexit\n\0\x01", is: "script with a binary part" },
  { start: "PK\x03\x04\x14\0", is: "zip" },
  { start: "BZh91AY&SY\0", is: "bzip2" },
  { start: "\xfd7zXZ\0\0", is: "xz" },
  { start: "\x04\x22M\x18d", is: "lz4" },
  { start: "7z\xbc\xaf\x27\x1c\0", is: "7z" },
  { start: "Rar!\x1a\x07\x01\0", is: "rar" },
  { start: "MSCF\0\0\0\0", is: "cab" },
  { start: "!<arch>\ndebian-binary\0", is: "ar" },
  { start: "\xed\xab\xee\xdb\x03\0", is: "rpm" },
  { start: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", is: "compound file" },
  { start: `a${"\0".repeat(256)}ustar\0`, is: "tar" },
  { start: `${"\0".repeat(32_769)}CD001\x01`, is: "iso 9660" },
  { start: `\x01${"\0".repeat(99)}koly${"\0".repeat(508)}`, is: "dmg" },
  { start: "SQLite format 3\0\x10\0", is: "sqlite" },
  { start: "\xfe\xed\xfe\xed\0\0\0\x02", is: "java keystore" },
  { start: "\x30\x82\x0a\x10\x02\x01\x03\x30\x82", is: "pkcs12" },
  { start: "\0GITCRYPT\0\x01", is: "git-crypt" },
  { start: "\xff\xfea\0b\0", is: "utf-16 text" },
  { start: "\xfe\xff\0a\0b", is: "utf-16 text" },
  { start: "\xff\xfe\0\0a\0\0\0", is: "utf-32 text" },
  { start: "\x89PNG\r\n\x1a\n\0", is: "png" },
  { start: "\xff\xd8\xff\xe0\0", is: "jpeg" },
  { start: "GIF89a\x01\0", is: "gif" },
  { start: "RIFF\0\0\0\0WEBPVP8 ", is: "webp" },
  { start: "RIFF\0\0\0\0WAVEfmt ", is: "wav" },
  { start: "\0\0\0\x1cftypavif", is: "avif" },
  { start: "\0\0\0\x1cftypisom", is: "mp4" },
  { start: "BM\x10\0\0\0\0\0\0\0", is: "bmp" },
  { start: "wOF2\0\x01\0\0", is: "woff2" },
  { start: "%PDF-1.7\n\0", is: "pdf" },
])("bytes that start as $is are told to be it", ({ start, is }) => {
  expect(sniff(raw(start))?.name).toBe(is);
});

test("what this machine packs is told", () => {
  expect(sniff(gzipSync("text"))?.name).toBe("gzip");
  expect(sniff(zstdCompressSync("text"))?.name).toBe("zstd");
});

test.each([
  { what: "Latin-1", text: "caf\xe9\n\ttext\r\n", is: "not UTF-8 text" },
  { what: "Latin-1 that starts as a program", text: "MZ caf\xe9", is: "not UTF-8 text" },
  { what: "a script in Latin-1", text: "#!/bin/sh\n# caf\xe9", is: "not UTF-8 text" },
  { what: "a program's short mark at another place", text: "\0MZ", is: undefined },
  { what: "a bitmap's mark alone", text: "BM\0\0\0\0\x01", is: undefined },
  { what: "a version that Python never had", text: "\0\x01\r\n\0", is: undefined },
  { what: "random bytes", text: "\x01\x02\xf7\xf8", is: undefined },
  { what: "nothing", text: "", is: "not UTF-8 text" },
])("$what is $is", ({ text, is }) => {
  expect(sniff(raw(text))?.name).toBe(is);
});

test.each([
  { when: "an image comes first", text: `\x89PNG\r\n\x1a\n${ZIP_END}`, is: "zip after png" },
  { when: "anything comes first", text: `\x01\0${ZIP_END}`, is: "zip" },
  { when: "its comment fills the rest", text: `\x01${ZIP_END.slice(0, -2)}\x03\0abc`, is: "zip" },
  { when: "a program comes first", text: `\x7fELF\0${ZIP_END}`, is: "elf" },
])("a zip at the end is found where $when", ({ text, is }) => {
  expect(sniff(raw(text))).toMatchObject({ name: is });
});

test.each([
  { when: "more follows than its comment", text: `\x89PNG\r\n\x1a\n${ZIP_END}abc` },
  { when: "it is cut short", text: `\x89PNG\r\n\x1a\n${ZIP_END.slice(0, -1)}` },
  { when: "it is too far from the end", text: `\x89PNG\r\n\x1a\n${ZIP_END}${"\0".repeat(70_000)}` },
])("no zip is seen where $when", ({ text }) => {
  expect(sniff(raw(text))?.name).toBe("png");
});
