import { expect, test } from "vitest";
import { readDelimiter, readHeredoc } from "../../../../rules/capabilities/shell/heredoc.ts";

const END = { delimiter: "END", stripsTabs: false, expands: true };

test.each([
  { written: "END", delimiter: "END", expands: true },
  { written: " \tEND", delimiter: "END", expands: true },
  { written: '"END"', delimiter: "END", expands: false },
  { written: "'END'", delimiter: "END", expands: false },
  { written: "\\END", delimiter: "END", expands: false },
  { written: "E\"N\"'D'", delimiter: "END", expands: false },
  { written: "'END it'", delimiter: "END it", expands: false },
  { written: "''", delimiter: "", expands: false },
])("$written is read as the delimiter $delimiter", ({ written, delimiter, expands }) => {
  expect(readDelimiter(`<<${written}; a "b"`, 2, "<<")).toEqual({
    heredoc: { delimiter, stripsTabs: false, expands },
    width: written.length,
  });
});

test.each(["", "\nEND", " | a", '"END\n"', "\\\nEND"])("%j begins with no delimiter", (text) => {
  expect(readDelimiter(text, 0, "<<")).toBeNull();
});

test("tabs before the delimiter count only behind <<-", () => {
  expect(readDelimiter("END", 0, "<<-")?.heredoc.stripsTabs).toBe(true);
});

test.each([
  { text: "a\nEND\nb", body: "a\n", rest: "b" },
  { text: "a\r\nEND\r\nb", body: "a\r\n", rest: "b" },
  { text: "\nEND\nb", body: "\n", rest: "b" },
  { text: "END", body: "", rest: "" },
  { text: "\tEND\n\rEND\nEND \nENDS", body: "\tEND\n\rEND\nEND \nENDS", rest: "" },
])("the body of $text ends with its delimiter", ({ text, body, rest }) => {
  const { next, ...found } = readHeredoc(text, 0, END);
  expect({ ...found, rest: text.slice(next) }).toEqual({ body, rest });
});

test("only tabs before the delimiter are taken from it", () => {
  const text = "END\t\n END\n\t\tEND\na";
  const { body } = readHeredoc(text, 0, { ...END, stripsTabs: true });
  expect(body).toBe("END\t\n END\n");
});
