import { expect, test } from "vitest";
import { canonicalHcl } from "../../../../rules/capabilities/hcl/canonical-hcl.ts";
import { expressionOf } from "./parsed.ts";

test.each([
  ["nothing", '""', ""],
  ["escapes", String.raw`"\n\r\t\"\\\u00e9\U0001F600"`, '\n\r\t"\\é😀'],
  ["signs", '"$ % $a %% $$ }{"', "$ % $a %% $$ }{"],
  ["signs at the end", '"a$"', "a$"],
  ["a doubled sign before a brace", '"$${a} %%{b}"', "${a} %{b}"],
  ["a tripled sign before a brace", '"$$${a}"', "$${a}"],
  ["no comment", '"a # b // c /* d"', "a # b // c /* d"],
  ["composed characters", '"e\u0301"', "é"],
  ["a text in a text", '"s3:${"*"}"', "s3:*"],
  ["a text that is all", '"${"${"a"}"}"', "a"],
  ["words and numbers in a text", '"a${true}${1.5}"', "atrue1.5"],
  ["a heredoc", "<<EOT\n a\n\n  b\nEOT", " a\n\n  b\n"],
  ["an empty heredoc", "<<EOT\nEOT", ""],
  ["a heredoc's backslashes and quotes", '<<E\n\\n "x"\nE', '\\n "x"\n'],
  ["a heredoc's doubled sign", "<<E\n$${a} $ %%{\nE", "${a} $ %{\n"],
  ["a heredoc with CRLF", "<<E\r\na\r\nE\r", "a\r\n"],
  ["a marker with spaces around", "<<E\na\n \t E \u00a0", "a\n"],
  ["a marker that is no line of its own", "<<E\nE a\n Ex\n\n aE\nE", "E a\n Ex\n\n aE\n"],
  ["a heredoc in a heredoc's interpolation", "<<E\n${<<E\nx\nE\n}E\nE", "x\nE\n"],
  ["an indented heredoc", "<<-E\n    a\n      b\n    E", "a\n  b\n"],
  ["an indented heredoc with an empty line", "<<-E\n  a\n\n \n  b\nE", "a\n\n \nb\n"],
  ["an indented heredoc with a line that is not", "<<-E\n  a\nb\nE", "  a\nb\n"],
  ["an indented heredoc with tabs", "<<-E\n\t\ta\n\tb\nE", "\ta\nb\n"],
  ["an indented heredoc that begins by a text", '<<-E\n  ${"a"}\n    b\nE', "a\n  b\n"],
  ["an indented heredoc whose line begins with a text", '<<-E\n  b\n${"a"}\nE', "  b\na\n"],
  ["strips", '"a ${~ "b" ~} c ${"d"} e"', "abc d e"],
  ["a strip takes one line's break", '<<E\na\n  ${~ "b" ~}\n  c\nE', "a\nb  c\n"],
  ["a strip and a sign before a last space", '<<E\n% \n${~ "b" }\nE', "% b\n"],
  ["a strip and a sign before a wide space", '<<E\n%\u3000\n${~ "b" }\nE', "%b\n"],
])("a text has its value: %s", (_, text, value) => {
  expect(expressionOf(text)).toMatchObject({ type: "string", value });
});

test.each([
  ["an interpolation", '"a${b}c"', '"a${b}c"'],
  ["an interpolation that is all", '"${b}"', "b"],
  ["one that a text is to be made of", '"${b ~} "', '"${b}"'],
  ["an interpolation over lines", '"${\n b\n}c"', '"${b}c"'],
  ["braces in an interpolation", '"${ { a = "}" }["a"] }c"', '"${({"a"="}"})["a"]}c"'],
  ["signs around an interpolation", '"$$$${b}$"', '"$$$$$${b}$$"'],
  ["a sign before an interpolation", '"$ ${b}"', '"$$ ${b}"'],
  ["an if", '"%{ if a }b%{ endif }"', '"${(a?"b":"")}"'],
  ["an if with an else", '"x%{ if a ~} b %{~ else }${c}%{ endif }"', '"x${(a?"b":"${c}")}"'],
  ["an if in an if", '"%{if a}%{if b}c%{endif}%{endif}"', '"${(a?"${(b?"c":"")}":"")}"'],
  ["a for", '"%{ for k, v in a }${v},%{ endfor }"', '"${%{for k,v in a:"${v},"}}"'],
  ["a heredoc", "<<-E\n  a\n   ${b}\n  E", '"a\\n ${b}\\n"'],
  [
    "an indented heredoc's interpolation at a line's start",
    "<<-E\n  a\n${b}\nE",
    '"  a\\n${b}\\n"',
  ],
])("a text with interpolations has its parts: %s", (_, text, meaning) => {
  expect(canonicalHcl(expressionOf(text))).toBe(meaning);
});

test.each([
  ["a quoted text", '"a\\nb"', { textLine: 1, rows: false }],
  ["a heredoc", "<<E\na\nb\nE", { textLine: 2, rows: true }],
  ["an indented heredoc", "<<-E\n  a\n  b\n  E", { textLine: 2, rows: true }],
])("a text says which lines its rows are: %s", (_, text, place) => {
  expect(expressionOf(text)).toMatchObject({ type: "string", ...place });
});

test("a text with a text of several rows in it has no rows of the file", () => {
  expect(expressionOf('<<E\n${"a\\nb"}\nc\nE')).toMatchObject({ textLine: 2, rows: false });
  expect(expressionOf('<<E\n${"a"}\nc\nE')).toMatchObject({ textLine: 2, rows: true });
  expect(expressionOf("<<E\na\n${<<F\nb\nF\n}\nc\nE")).toMatchObject({ textLine: 2, rows: false });
});
