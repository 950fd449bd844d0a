import { expect, test } from "vitest";
import { shownAs } from "../../../../rules/capabilities/tree/shown-as.ts";

test.each([
  { what: "plain text", held: "if (a) {", shown: "if (a) {" },
  { what: "hidden characters", held: "a\u200Bb\u{E0041}c\u200E", shown: "abc" },
  { what: "an override", held: "a\u202Ecba\u202Cd", shown: "aabcd" },
  { what: "an override's brackets", held: "\u202E}x(", shown: ")x{" },
  { what: "an override to the left", held: "a\u202Dbc\u202Cd", shown: "abcd" },
  {
    what: "isolates in an override",
    held: '"user\u202E \u2066// Check\u2069 \u2066" {',
    shown: '"user" { // Check ',
  },
  {
    what: "code in a right-to-left isolate",
    held: "''' then \u2067''' ;return",
    shown: "''' then return; '''",
  },
  { what: "words in an embedding", held: "\u202Bone two, 3 (", shown: ") one two, 3" },
  { what: "an embedding in an embedding", held: "\u202Ba \u202Ab c\u202C;", shown: ";b c a" },
  { what: "words of a right-to-left script", held: "\u2067שלום עולם a", shown: "a שלום עולם" },
  { what: "closers of nothing", held: "a\u202Cb\u2069c", shown: "abc" },
  { what: "a formatting's end in an isolate", held: "\u2067a;\u202Cb)\u2069c", shown: "(a;bc" },
  {
    what: "an embedding behind a closer of nothing",
    held: "\u202C\u2067a;\u2069;b",
    shown: ";a;b",
  },
  { what: "an isolate's end in an embedding", held: "\u202Ba;\u2069b", shown: "a;b" },
  { what: "an embedding that ends in another one", held: "\u202B;\u202Aab\u202C", shown: "ab;" },
  {
    what: "embeddings side by side in another one",
    held: "\u202B\u202Aa\u202C\u202Ab",
    shown: "ba",
  },
  { what: "an override's opening brackets", held: "\u202E([{<«", shown: "»>}])" },
  { what: "an override's closing brackets", held: "\u202E)]}>»", shown: "«<{[(" },
  { what: "numbers amid Hebrew words", held: "\u2067;שלום 12 עולם;", shown: ";שלום 12 עולם;" },
  { what: "signs at the edges of words", held: "\u2067(one)(שלום)", shown: "(שלום)(one)" },
  { what: "words of one letter", held: "\u2067a (ש", shown: "ש) a" },
  { what: "an isolate's end over an override", held: "\u2066\u202Eba\u2069cd", shown: "abcd" },
])("$what is shown in the order that is seen", ({ held, shown }) => {
  expect(shownAs(held)).toBe(shown);
});
