import { expect, test } from "vitest";
import { invisiblesIn } from "../../../../rules/capabilities/tree/invisibles.ts";

test.each([
  {
    what: "a joiner at the start of a line, before a script that joins",
    line: "\u200Dا",
    names: ["U+200D ZERO WIDTH JOINER"],
  },
  {
    what: "a character beside a selector",
    line: "a\u200B\uFE0Fb",
    names: ["U+200B ZERO WIDTH SPACE", "U+FE0F VARIATION SELECTOR-16"],
  },
])("$what is told by its own name", ({ line, names }) => {
  expect(invisiblesIn(line).map(({ name }) => name)).toEqual(names);
});
