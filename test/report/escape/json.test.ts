import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonDocument } from "../../../report/escape/json.ts";
import { hostile } from "./arbitrary.ts";

test("a document says the same and cannot command a terminal", () => {
  fc.assert(
    fc.property(fc.dictionary(hostile, hostile), (value) => {
      const document = jsonDocument(value);
      expect(JSON.parse(document)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(document.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(document).not.toContain("##[");
    }),
  );
});

test("what is beyond the first plane is written as its two units", () => {
  expect(jsonDocument("\u{e0041}")).toBe('"\\udb40\\udc41"\n');
});
