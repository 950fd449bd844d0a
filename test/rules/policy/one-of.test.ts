import { expect, test } from "vitest";
import { oneOf } from "../../../rules/policy/fact-values.ts";
import { problemsOf, policyFileOf } from "../sample-evidence.ts";

test("few values are all listed, of many the first with how many there are", () => {
  expect(oneOf(["a", "b"])).toBe("one of a, b");
  const many = Array.from({ length: 17 }, (_, n) => `v${n}`);
  expect(oneOf(many)).toBe(
    "one of the 17 that docs/capabilities.md lists (v0, v1, v2, v3, v4, v5, v6, v7, …)",
  );
});

test("a kind that is none is told in one short line, with the one that was meant where it is near", () => {
  const kind = (name: string) =>
    problemsOf(policyFileOf(`each: capabilities\nmatch: { kind: ${name} }`));
  expect(kind("npm.scripts")[0]?.remedy).toBe("did you mean npm.script?");
  expect(kind("zzz")[0]?.remedy).toMatch(/^use one of the \d+ that docs\/capabilities\.md lists/);
  expect(kind("zzz")[0]?.remedy.length).toBeLessThan(250);
});
