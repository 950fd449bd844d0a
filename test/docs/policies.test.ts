import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { format } from "prettier";
import { withPackTables } from "../../scripts/docs/pack-docs.ts";
import { policyFile } from "../../rules/policy/policy-file.ts";
import { policyFileOf, problemsOf } from "../rules/sample-evidence.ts";

const page = readFileSync(new URL("../../docs/policies.md", import.meta.url), "utf8");

test("the tables of the packs are what the packs say", async () => {
  const config = { parser: "markdown", printWidth: 100 };
  expect(await format(withPackTables(page), config)).toBe(page);
});

test("every policy file that the page shows loads", () => {
  const files = [...page.matchAll(/^```yaml\n(version: 1\n.*?)^```$/gms)].map(([, file]) => file);
  expect(files).not.toEqual([]);
  for (const file of files) expect(problemsOf(file ?? "")).toEqual([]);
});

describe("every match that the page shows loads, over the items or the document that it is about", () => {
  // | `status: added` | that value |
  const section = page.split(/^## /m).find((one) => one.startsWith("`match` and `only`")) ?? "";
  const written = [...section.matchAll(/^\| `([a-z.A-Z]+: .+?)` +\|/gm)].map(([, match]) => match);
  expect(written.length).toBeGreaterThan(5);

  test.each(written)("%s", (match) => {
    const over = ["each: files\n", "each: capabilities\n", ""];
    const problems = over.map((each) => problemsOf(policyFileOf(`${each}match: { ${match} }`)));
    expect(problems).toContainEqual([]);
  });
});

test("every key of a policy is named", () => {
  const policy = policyFile.shape.policies.unwrap().element;
  for (const key of Object.keys(policy.shape)) expect(page).toContain(`\`${key}\``);
});
