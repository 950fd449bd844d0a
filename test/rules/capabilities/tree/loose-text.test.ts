import { expect, test } from "vitest";
import { looseText } from "../../../../rules/capabilities/tree/loose-text.ts";
import { raw } from "./tree-change.ts";

test.each([
  { what: "UTF-16 under a name of text", path: "a.cs", bytes: "\xff\xfea\0", text: "a" },
  { what: "one letter in Latin-1", path: "a.c", bytes: "caf\xe9!", text: "caf\uFFFD!" },
  {
    what: "hidden characters that two letters of GBK give",
    path: "a.c",
    bytes: "a\xc2\xadb\xc2\x85c\xd8\x9cd\xcd\x8fe",
    text: "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe",
  },
  { what: "UTF-16 under a name of no text", path: "a.bin", bytes: "\xff\xfea\0", text: null },
])("what compilers make of $what is told", ({ path, bytes, text }) => {
  expect(looseText(path, raw(bytes))).toBe(text);
});

test("what was not read is no text", () => {
  expect(looseText("a.c", { unread: "absent" })).toBeNull();
});
