import { expect, test } from "vitest";
import { parseGitConfig } from "../../../../rules/capabilities/git-modules/config.ts";
import { NotUnderstood } from "../../../../rules/capabilities/not-understood.ts";

function parsed(text: string): string[] {
  return parseGitConfig(new TextEncoder().encode(text)).map(
    ({ section, key, value, line }) => `${line} ${section} ${key}=${JSON.stringify(value)}`,
  );
}

test.each([
  { when: "a plain variable", text: "[a]\nb = c\n", seen: ['2 a b="c"'] },
  { when: "no end of the last line", text: "[a]\nb = c", seen: ['2 a b="c"'] },
  { when: "all on one line", text: "[a] b = c", seen: ['1 a b="c"'] },
  { when: "letters of any case", text: "[A]\nB = C", seen: ['2 a b="C"'] },
  { when: "a subsection", text: '[a "B \\"c\\\\ \\d"]\nx=1', seen: ['2 a.B "c\\ d x="1"'] },
  { when: "a bracket in a subsection", text: '[a "b]"]\nx=1', seen: ['2 a.b] x="1"'] },
  { when: "a subsection of the old style", text: "[a.B]\nx=1", seen: ['2 a.b x="1"'] },
  { when: "lines that end in CR LF", text: "[a]\r\nb = c\r\n", seen: ['2 a b="c"'] },
  { when: "a byte order mark", text: "\ufeff[a]\nb=c", seen: ['2 a b="c"'] },
  { when: "comments", text: "# x\n[a] ; y\n\tb = c # z\n;", seen: ['3 a b="c"'] },
  { when: "a comment sign in quotes", text: '[a]\nb = "c#d;" e ;f', seen: ['2 a b="c#d; e"'] },
  { when: "white space inside", text: "[a]\nb =  c \t d  ", seen: ['2 a b="c \\t d"'] },
  { when: "a vertical tab before it", text: "[a]\n\vb = c", seen: ['2 a b="c"'] },
  {
    when: "white space before a line that goes on to nothing",
    text: "[a]\nb = c \\\n\n",
    seen: ['2 a b="c"'],
  },
  { when: "a line that goes on to white space", text: "[a]\nb = \\\n  \n", seen: ['2 a b=""'] },
  { when: "white space in quotes", text: '[a]\nb = " c "', seen: ['2 a b=" c "'] },
  { when: "escapes", text: '[a]\nb = \\"\\\\\\n\\t\\b', seen: ['2 a b="\\"\\\\\\n\\t\\b"'] },
  {
    when: "a line that goes on",
    text: "[a]\nb = c\\\n d\ne = f",
    seen: ['2 a b="c d"', '4 a e="f"'],
  },
  {
    when: "a backslash in a comment",
    text: "[a]\nb = c #\\\nd = e",
    seen: ['2 a b="c"', '3 a d="e"'],
  },
  { when: "a key without a value", text: "[a]\nb\nc =", seen: ["2 a b=null", '3 a c=""'] },
  { when: "nothing", text: "", seen: [] },
])("git's configuration is read with $when", ({ text, seen }) => {
  expect(parsed(text)).toEqual(seen);
});

test.each([
  { when: "a variable stands in no section", text: "\nb = c", code: "config-section", line: 2 },
  { when: "a section does not end", text: "[a\nb = c", code: "config-section", line: 1 },
  { when: "a section holds more", text: '[a "b" c]', code: "config-section", line: 1 },
  { when: "a subsection is not quoted", text: "[a b]", code: "config-section", line: 1 },
  {
    when: "a subsection is quoted at its end alone",
    text: '[a b"]\nx = 1',
    code: "config-section",
    line: 1,
  },
  { when: "a subsection does not end", text: '[a "b\n"]', code: "config-section", line: 1 },
  {
    when: "a subsection ends in a backslash",
    text: '[a "b\\\n"]',
    code: "config-section",
    line: 1,
  },
  { when: "a key starts with a digit", text: "[a]\n1b = c", code: "config-key", line: 2 },
  { when: "a key holds another character", text: "[a]\nb_c = d", code: "config-key", line: 2 },
  { when: "a quote does not end", text: '[a]\nb = "c\n', code: "config-value", line: 2 },
  { when: "an escape is unknown", text: "[a]\nb = \\x", code: "config-value", line: 2 },
  {
    when: "a value holds a carriage return",
    text: "[a]\nb = c\rd",
    code: "config-character",
    line: 2,
  },
  { when: "a subsection holds a NUL", text: '[a "\0"]', code: "config-character", line: 1 },
])("it is not understood where $when", ({ text, code, line }) => {
  let refused: unknown;
  try {
    parsed(text);
  } catch (error) {
    refused = error;
  }
  expect(refused).toBeInstanceOf(NotUnderstood);
  expect(refused).toMatchObject({ code, place: { line } });
});

test("what is not UTF-8 is not understood", () => {
  expect(() => parseGitConfig(Uint8Array.of(0x5b, 0xff))).toThrow(
    expect.objectContaining({ code: "not-utf8" }),
  );
});

test("a refusal tells the column, too", () => {
  expect(() => parsed("[a]\nb = \\x")).toThrow(
    expect.objectContaining({ place: { line: 2, column: 6 } }),
  );
});
