import { expect, test } from "vitest";
import { npmPackage } from "../../../../rules/capabilities/npm-package.ts";

function commandsOf(content: object): string[] {
  const bytes = new TextEncoder().encode(JSON.stringify(content, null, 1));
  const reading = npmPackage.read("package.json", bytes);
  if (!reading.understood) throw new Error(reading.code);
  return reading.capabilities
    .filter(({ kind }) => kind === "npm.command")
    .map(({ line, name, level }) => `${line} ${name} ${level ?? "-"}`);
}

test.each([
  { content: { name: "left", bin: "cli.js" }, told: ["3 left own"] },
  { content: { name: "@acme/git", bin: "cli.js" }, told: ["3 git shadowing"] },
  { content: { bin: { a: "a.js", NPX: "b.js" } }, told: ["3 a own", "4 NPX shadowing"] },
  { content: { directories: { bin: "tools" } }, told: ["3 all of tools own"] },
  { content: { bin: "cli.js" }, told: [] },
  { content: { name: "left", bin: {} }, told: [] },
])("$content brings $told", ({ content, told }) => {
  expect(commandsOf(content)).toEqual(told);
});
