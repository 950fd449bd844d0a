import { expect, test } from "vitest";
import {
  parseArguments,
  parseNamedArguments,
} from "../../../../rules/capabilities/shell/program-options.ts";
import type { Argument } from "../../../../rules/capabilities/shell/program.ts";

const STYLE = { short: "oX", long: ["output"] };

/** The words of a text that has no quotes. */
function wordsOf(text: string): Argument[] {
  return text.split(" ").map((word, index) => ({ text: word, word: index }));
}

/** An option as it is read, `word` being the place of its value. */
function option(name: string, value: string | null = null, word = 0) {
  return { name, value: value === null ? null : { text: value, word } };
}

test.each([
  { args: "-o f a", options: [option("-o", "f", 1)], operands: ["a"] },
  { args: "-of a", options: [option("-o", "f")], operands: ["a"] },
  { args: "-so f a", options: [option("-s"), option("-o", "f", 1)], operands: ["a"] },
  { args: "-sof", options: [option("-s"), option("-o", "f")], operands: [] },
  { args: "-sS a", options: [option("-s"), option("-S")], operands: ["a"] },
  { args: "-s -o", options: [option("-s"), option("-o")], operands: [] },
  {
    args: "a -o f b -XPUT",
    options: [option("-o", "f", 2), option("-X", "PUT", 4)],
    operands: ["a", "b"],
  },
  { args: "--output f a", options: [option("--output", "f", 1)], operands: ["a"] },
  { args: "--output=f=g a", options: [option("--output", "f=g")], operands: ["a"] },
  { args: "--output=", options: [option("--output", "")], operands: [] },
  { args: "--other f", options: [option("--other")], operands: ["f"] },
  { args: "--other=f a", options: [option("--other", "f")], operands: ["a"] },
  { args: "--output", options: [option("--output")], operands: [] },
  { args: "- a", options: [], operands: ["-", "a"] },
  { args: "-o - a", options: [option("-o", "-", 1)], operands: ["a"] },
  { args: "-s -- -o f --", options: [option("-s")], operands: ["-o", "f", "--"] },
])("$args is read as getopt_long reads it", ({ args, options, operands }) => {
  const parsed = parseArguments(wordsOf(args), STYLE);
  expect(parsed.options).toEqual(options);
  expect(parsed.operands.map(({ text }) => text)).toEqual(operands);
});

test.each([
  { args: "-Uri u a", options: [option("-uri", "u", 1)], operands: ["a"] },
  { args: "-Uri:http://u a", options: [option("-uri", "http://u")], operands: ["a"] },
  { args: "-Uri:a\nb", options: [option("-uri", "a\nb")], operands: [] },
  { args: "-Uri: u a", options: [option("-uri", "u", 1)], operands: ["a"] },
  { args: "-Quiet u", options: [option("-quiet")], operands: ["u"] },
  { args: "u -Uri", options: [option("-uri")], operands: ["u"] },
  { args: "my-file a", options: [], operands: ["my-file", "a"] },
  { args: "-a.b a", options: [], operands: ["-a.b", "a"] },
])("PowerShell reads $args by names", ({ args, options, operands }) => {
  const parsed = parseNamedArguments(wordsOf(args), /^-quiet$/i);
  expect(parsed.options).toEqual(options);
  expect(parsed.operands.map(({ text }) => text)).toEqual(operands);
});
