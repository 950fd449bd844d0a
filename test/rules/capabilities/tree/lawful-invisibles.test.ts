import { expect, test } from "vitest";
import { isLawful, withoutFlags } from "../../../../rules/capabilities/tree/lawful-invisibles.ts";

test("what stands behind a flag stays at its index without the flag's tags", () => {
  const tags = "\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}";
  expect(withoutFlags(`a\u{1F3F4}${tags}b`)).toBe(`a${"\u{1F3F4}".repeat(7)}b`);
});

test.each([
  {
    what: "a zero-width space between the pictures of an emoji",
    placed: { before: "👨", character: "\u200B", after: "👩" },
  },
  {
    what: "a selector of text in a keycap",
    placed: { before: "1", character: "\uFE0E", after: "\u20E3" },
  },
])("$what is not lawful", ({ placed }) => {
  expect(isLawful(placed)).toBe(false);
});
