import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { format } from "prettier";
import { factsOf, withFactTable } from "../../scripts/docs/fact-docs.ts";
import { FACT_MEANINGS } from "../../scripts/docs/fact-meanings.ts";
import { FACTS_SHAPE } from "../../rules/facts/schema.ts";
import { isOfType } from "../../rules/policy/fact-values.ts";
import { withPackTables } from "../../scripts/docs/pack-docs.ts";
import { policyFile } from "../../rules/policy/policy-file.ts";
import { judge } from "../../rules/judge.ts";
import { changeOfCase, surroundingsOfCase } from "../../rules/policy-cases/case-evidence.ts";
import { parseCaseFile } from "../../rules/policy-cases/case-file.ts";
import { caseResult } from "../../rules/policy-cases/case-result.ts";
import { loadPolicies } from "../../rules/policy/load.ts";
import { readWaiverFile, WAIVERS_PATH } from "../../rules/waivers/waiver-file.ts";
import { policyFileOf, policySource, problemsOf } from "../rules/sample-evidence.ts";

const page = readFileSync(new URL("../../docs/policies.md", import.meta.url), "utf8");
const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

test("the tables of the packs and of the facts are what these say", async () => {
  const config = { parser: "markdown", printWidth: 100 };
  expect(await format(withFactTable(withPackTables(page)), config)).toBe(page);
});

test("each fact has a meaning and an example of its type, and nothing else has", () => {
  const facts = factsOf(FACTS_SHAPE);
  expect(facts.map(({ path }) => path).sort()).toEqual(Object.keys(FACT_MEANINGS).sort());
  for (const { path, shape } of facts) {
    const [about, example = ""] = FACT_MEANINGS[path] ?? [];
    expect(about).toBeTruthy();
    expect(isOfType(shape, example), path).toBe(true);
    if (shape.values !== null) expect(shape.values).toContain(example);
  }
});

test("every policy file that the page, or the README, shows loads", () => {
  const files = [
    ...`${page}\n${readme}`.matchAll(
      /^```yaml\n(version: 1\n(?!cases:|waivers:\n {2}-).*?)^```$/gms,
    ),
  ].map(([, file]) => file);
  expect(files).not.toEqual([]);
  for (const file of files) expect(problemsOf(file ?? "")).toEqual([]);
});

test("the cases that the page shows are as wanted by the policy that it shows", () => {
  const [policy = "", cases = ""] = ["policies", "cases"].map((key) => {
    const block = new RegExp(
      `^\`\`\`yaml\\n(version: 1\\n(?:extends: [^\\n]*\\n)?${key}:\\n.*?)^\`\`\`$`,
      "ms",
    );
    return block.exec(page)?.[1] ?? "";
  });
  const read = parseCaseFile(policySource(cases));
  if (!("cases" in read)) throw new Error(JSON.stringify(read.problems));
  const policies = loadPolicies([policySource(policy)], false);
  const misses = read.cases.flatMap((one) => {
    const evidence = { ...surroundingsOfCase(one), ...changeOfCase(one.files ?? {}), policies };
    return caseResult(one, judge(evidence).verdict).misses;
  });
  expect(misses).toEqual([]);
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

test("the file of waivers that the page shows has no problem beside the policies that it shows", () => {
  const block = (start: string) =>
    [...page.matchAll(/^```yaml\n(version: 1\n.*?)^```$/gms)]
      .map(([, text = ""]) => text)
      .find((text) => text.startsWith(`version: 1\nwaivers:\n${start}`)) ?? "";
  const policies = loadPolicies([policySource(block("  longest"))], false);
  const { waivers, problems } = readWaiverFile(
    policySource(block("  - id"), WAIVERS_PATH),
    policies,
  );
  expect(problems).toEqual([]);
  expect(waivers).toHaveLength(1);
});
