import { expect, test } from "vitest";
import { foldedName } from "../../../rules/change/folded-name.ts";

test.each([
  { what: "case", one: "README.md", other: "readme.MD" },
  { what: "composed and decomposed letters", one: "caf\u00e9", other: "cafe\u0301" },
  { what: "case and form together", one: "CAFE\u0301", other: "caf\u00e9" },
  { what: "sharp s in small letters", one: "stra\u00dfe", other: "STRASSE" },
  { what: "sharp s in capitals", one: "STRA\u1e9eE", other: "strasse" },
  {
    what: "a sigma at a word's end",
    one: "\u039f\u0394\u039f\u03a3",
    other: "\u03bf\u03b4\u03bf\u03c3",
  },
  { what: "the sign for kelvin", one: "\u212a", other: "k" },
  { what: "a ligature", one: "\ufb01le", other: "FILE" },
  { what: "joiners that HFS+ ignores", one: "a\u200cb\u200d", other: "ab" },
  { what: "marks of direction that HFS+ ignores", one: "a\u202eb\u2066", other: "ab\u2066" },
  { what: "a byte order mark", one: "\ufeffa", other: "a" },
])("$what makes no difference", ({ one, other }) => {
  expect(foldedName(one)).toBe(foldedName(other));
});

test.each([
  { what: "letters with and without an accent", one: "caf\u00e9", other: "cafe" },
  { what: "full-width letters", one: "\uff41", other: "a" },
  { what: "look-alikes of another script", one: "\u0430", other: "a" },
  { what: "what they end in", one: "a.", other: "a" },
])("$what do make one", ({ one, other }) => {
  expect(foldedName(one)).not.toBe(foldedName(other));
});
