import { expect, test } from "vitest";
import { troubleLine } from "../../report/trouble-markdown.ts";

test.each([
  { message: "It is gone.", line: "It is gone. Bring it back." },
  { message: "it is gone", line: "it is gone. Bring it back." },
  { message: "gone\n\u001b[31m::error::", line: "gone\\u{a}\\u{1b}[31m::error::. Bring it back." },
])("a trouble is one line of plain text: $line", ({ message, line }) => {
  expect(troubleLine({ message, remedy: "Bring it back." })).toBe(line);
});
