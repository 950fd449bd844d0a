import { expect, test } from "vitest";
import { linesWith } from "../../../../rules/capabilities/tree/text-lines.ts";

test.each([
  { what: "none", text: "a\nb", lines: [] },
  {
    what: "the first and the last",
    text: "x1\nb\nx2",
    lines: [
      [1, "x1"],
      [3, "x2"],
    ],
  },
  {
    what: "neighbours, each once",
    text: "xx\nx\n\n",
    lines: [
      [1, "xx"],
      [2, "x"],
    ],
  },
  { what: "Windows line ends", text: "a\r\nx\r\nb", lines: [[2, "x"]] },
  { what: "a return that ends no line", text: "a\rx\nb", lines: [[1, "a\rx"]] },
])("the lines with a match: $what", ({ text, lines }) => {
  expect(Array.from(linesWith(text, /x/), (line) => [line.number, line.text])).toEqual(lines);
  expect(Array.from(linesWith(text, /x/g), (line) => [line.number, line.text])).toEqual(lines);
});
