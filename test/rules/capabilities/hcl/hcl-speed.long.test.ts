import { expect, test } from "vitest";
import { canonicalHcl } from "../../../../rules/capabilities/hcl/canonical-hcl.ts";
import { parseHcl } from "../../../../rules/capabilities/hcl/parse-hcl.ts";
import { NotUnderstood } from "../../../../rules/capabilities/not-understood.ts";
import { growthOf, isLinear, leastMs } from "../reading-speed.ts";

const BYTES = 960_000;
const MAX_MS = 1_000;

const fill = (part: string, bytes: number): string => part.repeat(bytes / part.length);
const numbered = (bytes: number, write: (n: number) => string): string => {
  return Array.from({ length: bytes / write(10_000).length }, (_, n) => write(n)).join("");
};

const adversaries: readonly [string, (bytes: number) => string][] = [
  ["blocks", (bytes) => fill('resource "a" "b" {\n  x = { c = [1, "d"] }\n}\n', bytes)],
  ["attributes", (bytes) => numbered(bytes, (n) => `a${n} = 1\n`)],
  ["one quoted text", (bytes) => `a = "${fill("x", bytes)}"\n`],
  ["escapes", (bytes) => `a = "${fill("\\n", bytes)}"\n`],
  ["signs", (bytes) => `a = "${fill("$", bytes)}"\n`],
  ["signs in a heredoc", (bytes) => `a = <<-E\n${fill("$", bytes)}\nE\n`],
  ["rows of a heredoc", (bytes) => `a = <<-E\n${fill("   x\n", bytes)}E\n`],
  ["spaces in a heredoc", (bytes) => `a = <<-E\n${fill(" ", bytes)}x\nE\n`],
  ["a heredoc that does not end", (bytes) => `a = <<E\n${fill("E E\n", bytes)}`],
  ["interpolations", (bytes) => `a = "${fill("${b}", bytes)}"\n`],
  ["directives", (bytes) => `a = "${fill("%{if a}b%{endif}", bytes)}"\n`],
  ["operators", (bytes) => `a = b${fill("+b", bytes)}\n`],
  ["steps", (bytes) => `a = b${fill(".c", bytes)}\n`],
  ["splats that end at brackets", (bytes) => `a = b${fill(".*.c[0]", bytes)}\n`],
  ["items", (bytes) => `a = [${fill("1,", bytes)}]\n`],
  [
    "lists in lists",
    (bytes) => {
      return `a = [${fill(`${"[".repeat(90)}${"]".repeat(90)},`, bytes)}]\n`;
    },
  ],
  [
    "a list in objects",
    (bytes) => `a = ${"{b=".repeat(90)}[${fill("1,", bytes)}]${"}".repeat(90)}\n`,
  ],
  ["keys", (bytes) => `a = {\n${numbered(bytes, (n) => `k${n} = 1\n`)}}\n`],
  ["one key", (bytes) => `a = {\n${fill("k = 1\n", bytes)}}\n`],
  ["comments", (bytes) => fill("/**/", bytes)],
  ["a comment that does not end", (bytes) => fill("/*", bytes)],
  ["empty lines", (bytes) => `a = [${fill("\n", bytes)}]\n`],
  ["digits", (bytes) => `a = ${fill("0", bytes)}1\n`],
  ["points behind a number", (bytes) => `a = 1${fill(".", bytes)}\n`],
  ["marks on a character", (bytes) => `a = "a${fill("\u0315\u0300", bytes / 2)}"\n`],
  ["open brackets", (bytes) => `a = ${fill("[", bytes)}`],
];

function read(content: Uint8Array): void {
  try {
    const { attributes } = parseHcl(content, 2 * BYTES);
    for (const { expression } of attributes) canonicalHcl(expression);
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
  }
}

test.each(adversaries)("twice the size takes at most 2.5 times as long: %s", (_, write) => {
  const time = (bytes: number): number => {
    const content = new TextEncoder().encode(write(bytes));
    return leastMs(() => {
      read(content);
    });
  };
  const growth = growthOf(time, BYTES, MAX_MS);
  expect(growth).toSatisfy(isLinear);
  expect(growth.whole).toBeLessThan(MAX_MS);
});
