import fc from "fast-check";
import { expect, test } from "vitest";
import {
  embeddedIn,
  replaceEmbedded,
} from "../../../../rules/capabilities/github-expression/embedded.ts";

const shown = (text: string): string[] => embeddedIn(text).map(({ inner }) => inner);

test.each([
  { when: "a text holds none", text: "echo $HOME }}", inner: [] },
  { when: "it stands alone", text: "${{ a }}", inner: [" a "] },
  { when: "several stand in one text", text: "x ${{a}}${{ b }} y", inner: ["a", " b "] },
  { when: "braces are quoted in it", text: "${{ '}}' }} b", inner: [" '}}' "] },
  { when: "a quote is doubled in it", text: "${{ 'it''s }}' }}", inner: [" 'it''s }}' "] },
  { when: "it is empty", text: "${{}}", inner: [""] },
  { when: "three braces close it", text: "${{ a }}}", inner: [" a "] },
  { when: "one never ends", text: "${{ a }} ${{ 'b }}", inner: [" a "] },
  { when: "it spans lines", text: "${{\n  a\n}}", inner: ["\n  a\n"] },
])("$when", ({ text, inner }) => {
  expect(shown(text)).toEqual(inner);
});

test("offsets and line breaks say where each stands", () => {
  const text = "one\n${{ a }}\nand\n ${{\nb }} ${{c}}";
  const found = embeddedIn(text);
  expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([
    "${{ a }}",
    "${{\nb }}",
    "${{c}}",
  ]);
  expect(found.map(({ lineBreaks }) => lineBreaks)).toEqual([1, 3, 4]);
});

test("replacing leaves the text around as it is", () => {
  expect(replaceEmbedded("a ${{ b }} c ${{ d }}", ({ inner }) => inner.trim())).toBe("a b c d");
  expect(replaceEmbedded("nothing", () => "x")).toBe("nothing");
});

test("what is replaced by itself is unchanged, in any text", () => {
  const unit = fc.constantFrom("${{", "}}", "'", "a", "\n", "}", "$", "{");
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      expect(replaceEmbedded(text, ({ start, end }) => text.slice(start, end))).toBe(text);
    }),
  );
});
