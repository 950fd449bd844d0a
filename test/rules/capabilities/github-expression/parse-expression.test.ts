import fc from "fast-check";
import { expect, test } from "vitest";
import { parseExpression } from "../../../../rules/capabilities/github-expression/parse-expression.ts";

test.each([
  { when: "it is empty", text: "  " },
  { when: "it holds a character of no expression", text: "a ; b" },
  { when: "a double quote", text: 'a == "b"' },
  { when: "a function lacks operands", text: "contains(a)" },
  { when: "it is longer than GitHub reads", text: `a${" ".repeat(21_000)}` },
  { when: "it is nested deeper than GitHub reads", text: `${"(".repeat(51)}a${")".repeat(51)}` },
  { when: "it compares so often that it nests too deep", text: `1${"<1".repeat(501)}` },
])("is no expression: $when", ({ text }) => {
  expect(parseExpression(text)).toBeNull();
});

test.each([
  { when: "names that are not known yet", text: "later(newer.context)" },
  { when: "names of what every object has", text: "constructor(__proto__.toString)" },
  { when: "as many characters as are read", text: `a${" ".repeat(20_999)}` },
  { when: "many operands", text: `a${" || b".repeat(4000)}` },
  { when: "as many comparisons as are read", text: `1${"<1".repeat(500)}` },
])("is an expression: $when", ({ text }) => {
  expect(parseExpression(text)).not.toBeNull();
});

test("what was asked for just before is not parsed again", () => {
  const first = parseExpression("a.b && c");
  parseExpression("another.one");
  expect(parseExpression("a.b && c")).toBe(first);
});

test("after a thousand others it is forgotten, and parsed again to the same", () => {
  const first = parseExpression("a.b && c");
  for (let count = 0; count < 1001; count += 1) parseExpression(`a.b${count}`);
  const again = parseExpression("a.b && c");
  expect(again).not.toBe(first);
  expect(again).toEqual(first);
});

test("no more than 200 characters are remembered", () => {
  const [kept, longer] = ["a".repeat(200), "a".repeat(201)];
  expect(parseExpression(kept)).toBe(parseExpression(kept));
  expect(parseExpression(longer)).not.toBe(parseExpression(longer));
  expect(parseExpression(longer)).toEqual(parseExpression(longer));
});

test("no text makes it throw", () => {
  const unit = fc.constantFrom(
    "a",
    ".",
    "*",
    "(",
    ")",
    "[",
    "]",
    ",",
    "'",
    "!",
    "&&",
    "==",
    "1",
    " ",
  );
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit })), (text) => {
      expect(() => parseExpression(text)).not.toThrow();
    }),
  );
});
