import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseCaseFile } from "../rules/policy-cases/case-file.ts";
import { loadPolicies } from "../rules/policy/load.ts";
import { policySource } from "../rules/policy/policy-source.ts";
import { runCli } from "./cli/run-cli.ts";
import { createFixtureRepository } from "./git/fixture-repository.ts";

const folder = fileURLToPath(new URL("../.github/", import.meta.url));
const POLICIES = join(folder, "bailiff.yml");

function sourceOf(name: string) {
  return policySource(readFileSync(join(folder, name)), { path: name });
}

test("this project's own policies have no problem", async () => {
  const { status, out } = await runCli(["policy", "lint", POLICIES]);
  expect({ status, out }).toEqual({ status: 0, out: "" });
});

test("their cases come out as wanted", async () => {
  const { status, out } = await runCli(["policy", "test", POLICIES]);
  expect({ status, out }).toEqual({ status: 0, out: "" });
});

test("each of them has a case in which it fires, and one in which it could and does not", () => {
  const own = sourceOf("bailiff.yml");
  const ids = loadPolicies([own], false)
    .policies.filter(({ document }) => document === own.digest)
    .map(({ id }) => id);
  const read = parseCaseFile(sourceOf("bailiff.test.yml"));
  const cases = "cases" in read ? read.cases : [];
  expect(ids.length).toBeGreaterThan(5);
  const fired = new Set(cases.flatMap(({ policies = [] }) => policies));
  expect(ids.filter((id) => !fired.has(id))).toEqual([]);
  expect(cases.filter(({ want }) => want === "ALLOW").length).toBeGreaterThanOrEqual(ids.length);
});

test("a back-test shows what they would have said of what was merged", async () => {
  await using repository = await createFixtureRepository();
  await repository.commit({ "rules/judge.ts": "a\n", "ledger/format/leaf.ts": "a\n" });
  await repository.commit({ "rules/judge.ts": "b\n" });
  await repository.commit({ "docs/run.md": "a\n" });
  await repository.commit({ "ledger/format/leaf.ts": "b\n", "test/a.test.ts": "a\n" });
  const against = ["--against", "bailiff:recommended", "--repo", repository.directory];
  const args = ["policy", "backtest", POLICIES, ...against, "--format", "json"];
  const { status, out } = await runCli(args);
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    commits: 4,
    flips: [
      { before: "ALLOW", after: "DENY", policyIds: ["ledger-format"] },
      { before: "ALLOW", after: "WARN", policyIds: ["rules-without-tests"] },
      { before: "ALLOW", after: "DENY", policyIds: ["ledger-format", "rules-without-tests"] },
    ],
  });
});
