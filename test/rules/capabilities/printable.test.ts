import { expect, test } from "vitest";
import { printable } from "../../../rules/capabilities/printable.ts";
import { keySamples, tokenSamples } from "./secrets/samples.ts";

const MOST = "é".repeat(255);

test.each([
  { what: "plain text", text: "octo/ci@v1", shown: "octo/ci@v1" },
  { what: "white space around it", text: " \n a\t", shown: "a" },
  { what: "a row of white space and control characters", text: "a \n\0\u202E b", shown: "a b" },
  { what: "as many characters as are shown", text: MOST, shown: MOST },
  { what: "one character more", text: `${MOST}é`, shown: `${MOST}…` },
  { what: "characters of two units", text: "😀".repeat(256), shown: `${"😀".repeat(255)}…` },
  { what: "spaces that are looked at to the end", text: `a${" ".repeat(1018)}b`, shown: "a b" },
  { what: "text behind more spaces", text: `a${" ".repeat(1019)}b`, shown: "a…" },
])("a text is shown in one line, and what is cut is marked: $what", ({ text, shown }) => {
  expect(printable(text)).toBe(shown);
});

test.each([...tokenSamples, ...keySamples])("a $name is not shown: $form", ({ write }) => {
  const value = write(1);
  const shown = printable(`curl -d "${value}" https://host`);
  for (const line of value.split("\n").filter((each) => /^[^- ]{16,}$/.test(each)))
    expect(shown).not.toContain(line.slice(0, 16));
  expect(shown).toMatch(/^curl -d "\*{16}/);
});
