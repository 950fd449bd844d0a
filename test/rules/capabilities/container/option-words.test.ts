import { expect, test } from "vitest";
import {
  optionWords,
  type Splitting,
} from "../../../../rules/capabilities/container/option-words.ts";

const both: readonly Splitting[] = ["shell", "process"];
const aShell: readonly Splitting[] = ["shell"];
const aProcess: readonly Splitting[] = ["process"];

test.each([
  { text: " a  b\n", by: both, words: ["a", "b"] },
  { text: '"a b"c d', by: both, words: ["a bc", "d"] },
  { text: "a ${{ x && 'y z' }}b", by: both, words: ["a", "${{ x && 'y z' }}b"] },
  { text: '"it\'s" b', by: both, words: ["it's", "b"] },
  { text: '"a b', by: both, words: ["a b"] },
  { text: "'a b' c", by: aShell, words: ["a b", "c"] },
  { text: "'a b' c", by: aProcess, words: ["'a", "b'", "c"] },
  { text: "'a\\' b", by: aShell, words: ["a\\", "b"] },
  { text: "'a\"b' c", by: aShell, words: ['a"b', "c"] },
  { text: "a\\ b \\c", by: aShell, words: ["a b", "c"] },
  { text: "a\\ b \\c", by: aProcess, words: ["a\\", "b", "\\c"] },
  { text: '"a\\" b" c', by: both, words: ['a" b', "c"] },
  { text: 'a\\" b', by: both, words: ['a"', "b"] },
  { text: '"a\\\\" b', by: both, words: ["a\\", "b"] },
  { text: '"a\\\\\\" b"', by: both, words: ['a\\" b'] },
  { text: "a\\\\b", by: aProcess, words: ["a\\\\b"] },
  { text: "a\\\\b", by: aShell, words: ["a\\b"] },
  { text: 'a\\\\b"c d"', by: aProcess, words: ["a\\\\bc d"] },
])("the words of $text are $words to $by", ({ text, by, words }) => {
  for (const splitting of by) {
    expect(optionWords(text, splitting).map((word) => word.text)).toEqual(words);
  }
});

test("a word begins where its first character stands", () => {
  const words = optionWords("  \"a b\"\n'c' d", "shell");
  expect(words.map(({ offset }) => offset)).toEqual([2, 8, 12]);
});
