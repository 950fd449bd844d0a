import { expect, test } from "vitest";
import { utf8Length } from "../../report/fit.ts";
import { troubleMarkdown } from "../../report/trouble-markdown.ts";

test("trouble says what happened and what to do, escaped", () => {
  const { summary } = troubleMarkdown({ message: "no answer\n# @bo", remedy: "Run it again." });
  expect(summary).toBe("**No verdict.** no `answer\\u{a}#` `@bo`\n\nWhat to do: Run it again.");
});

test("however long the message, it fits", () => {
  const { summary } = troubleMarkdown({
    message: "` ".repeat(99_999),
    remedy: "@ ".repeat(99_999),
  });
  expect(utf8Length(summary)).toBeLessThanOrEqual(65_535);
});
