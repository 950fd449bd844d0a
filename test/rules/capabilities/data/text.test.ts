import { expect, test } from "vitest";
import { decodeText } from "../../../../rules/capabilities/data/text.ts";
import { refusalOf } from "./refusal.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

test("a text is decoded without the byte order mark that it begins with", () => {
  expect(decodeText(encode("\uFEFFa: é\r\n\tb\n"), 99)).toBe("a: é\r\n\tb\n");
});

test.each([
  { what: "as many bytes as asked for", content: encode("aé"), refused: "understood" },
  { what: "one byte more", content: encode("aéb"), refused: "too-large:-" },
  { what: "Latin-1", content: Uint8Array.of(0x61, 0xe9), refused: "not-utf8:-" },
  { what: "UTF-16", content: Uint8Array.of(0xff, 0xfe), refused: "not-utf8:-" },
  { what: "an overlong slash", content: Uint8Array.of(0xc0, 0xaf), refused: "not-utf8:-" },
])("of $what comes out: $refused", ({ content, refused }) => {
  expect(refusalOf(() => decodeText(content, 3))).toBe(refused);
});

const NOWHERE = [] as const;
const BOTH = ["json", "toml"] as const;

test.each<{ what: string; sign: string; read: readonly string[] }>([
  { what: "a tab", sign: "\t", read: ["any", ...BOTH] },
  { what: "CRLF", sign: "\r\n", read: ["any", ...BOTH] },
  { what: "a no-break space", sign: "\u00A0", read: ["any", ...BOTH] },
  { what: "a NUL", sign: "\0", read: NOWHERE },
  { what: "a backspace", sign: "\b", read: NOWHERE },
  { what: "a vertical tab", sign: "\v", read: NOWHERE },
  { what: "a form feed", sign: "\f", read: NOWHERE },
  { what: "the last control of ASCII", sign: "\u001F", read: NOWHERE },
  { what: "a lone carriage return", sign: "\r", read: NOWHERE },
  { what: "DEL", sign: "\u007F", read: ["json"] },
  { what: "a next line", sign: "\u0085", read: BOTH },
  { what: "another control of C1", sign: "\u0096", read: BOTH },
  { what: "a line separator", sign: "\u2028", read: BOTH },
  { what: "a paragraph separator", sign: "\u2029", read: BOTH },
  { what: "a byte order mark inside", sign: "\uFEFF", read: BOTH },
])("$what is read in the grammars whose parsers agree on it", ({ sign, read }) => {
  const readIn = (["any", "json", "toml"] as const).filter(
    (grammar) =>
      refusalOf(() => decodeText(encode(`a\nb${sign}c`), 99, { grammar })) !==
      "ambiguous-character:2",
  );
  expect(readIn).toEqual(read);
});
