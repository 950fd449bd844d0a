import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "../cli/run-cli.ts";
import { createFixtureRepository, type FixtureRepository } from "../git/fixture-repository.ts";
import { check } from "./checked.ts";

const OWNED = `  - { id: owned, decision: DENY, each: files, match: { path: "src/**" } }\n`;
const FREE = `  - { id: free, decision: WARN, each: files, match: { path: "src/**" } }\n`;

let repository: FixtureRepository;
let base: string;

beforeAll(async () => {
  repository = await createFixtureRepository();
  base = await repository.commit({ "README.md": "hello\n" });
  const files = { "src/a.ts": "x\n", "Docs/a.md": "x\n" };
  await repository.commit(files, { branch: "topic", parents: [base] });
});
afterAll(() => repository.dispose());

/** Judges a change below `src` and `Docs` by these policies. */
async function judgedBy(policies: string) {
  const path = join(repository.gitDir, "policies.yml");
  await writeFile(path, `version: 1\npolicies:\n${policies}`);
  return { path, checked: () => check(repository, "topic", "--policy", path) };
}

describe("what owners of code were lost by in other gates", () => {
  test.each([
    {
      when: "a rule with an invalid glob",
      rule: `{ id: x, decision: DENY, each: files, match: { path: "[" } }`,
    },
    {
      when: "a rule for what no path can be",
      rule: `{ id: x, decision: DENY, each: files, match: { path: "/docs/" } }`,
    },
    {
      when: "a rule without a decision",
      rule: `{ id: x, each: files, match: { path: "docs/**" } }`,
    },
    {
      when: "a rule with a misspelt key",
      rule: `{ id: x, decision: DENY, each: files, mach: { path: a } }`,
    },
  ])("$when is told, and judging goes no further without it", async ({ rule }) => {
    const { path } = await judgedBy(`${OWNED}  - ${rule}\n`);
    const range = ["--repo", repository.directory, "--base", base, "--head", "topic"];
    const { status, out, said } = await runCli(["check", ...range, "--policy", path]);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(said).toContain("policies.yml:4");
  });

  test.each([
    { when: "before", policies: `${FREE}${OWNED}` },
    { when: "after", policies: `${OWNED}${FREE}` },
  ])("a lenient rule $when a strict one takes nothing of it back", async ({ policies }) => {
    const { verdict } = await (await judgedBy(policies)).checked();
    expect(verdict).toMatchObject({ decision: "DENY", policyIds: ["free", "owned"] });
  });

  test.each([
    { when: "is understood", text: '{"dependencies": {"a": "1"}}', id: "x" },
    { when: "is not", text: '{"dependencies": {"a": "1"', id: "bailiff/incomplete-evidence" },
  ])("a rule about dependencies holds where a manifest $when", async ({ text, id }) => {
    const files = { "README.md": "hello\n", "package.json": text };
    await repository.commit(files, { branch: "manifest", parents: [base] });
    const rule = "  - { id: x, decision: DENY, each: dependencies, match: { delta: added } }\n";
    const { path } = await judgedBy(rule);
    const { verdict } = await check(repository, "manifest", "--policy", path);
    expect(verdict).toMatchObject({ decision: "DENY", policyIds: [id] });
  });

  test("a rule counts case, and one that means both says both", async () => {
    const rule = (glob: string) =>
      `  - { id: docs, decision: DENY, each: files, match: { path: "${glob}" } }\n`;
    const { verdict: exact } = await (await judgedBy(rule("docs/**"))).checked();
    expect(exact.decision).toBe("ALLOW");
    const { verdict: both } = await (await judgedBy(rule("[Dd]ocs/**"))).checked();
    expect(both.decision).toBe("DENY");
  });

  test("a file of rules that is too large to be read is no file without rules", async () => {
    const { path } = await judgedBy(`${OWNED}${"# a comment\n".repeat(300_000)}`);
    const range = ["--repo", repository.directory, "--base", base, "--head", "topic"];
    expect(await runCli(["check", ...range, "--policy", path])).toMatchObject({
      status: 2,
      out: "",
    });
  });
});
