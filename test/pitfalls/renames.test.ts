import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "../cli/run-cli.ts";
import * as workflows from "../cli/workflows.ts";
import {
  createFixtureRepository,
  type FixtureFile,
  type FixtureRepository,
} from "../git/fixture-repository.ts";
import { check, PACK } from "./checked.ts";

const OWNED = "src/payments/rates.ts";
const RELEASE = ".github/workflows/release.yml";
const TEXT = "export const rate = 1;\n";
const POLICIES = `version: 1
policies:
  - { id: owned, decision: DENY, each: files, match: { path: "src/payments/**" } }
`;

let repository: FixtureRepository;
let base: string;
let policies: string;

beforeAll(async () => {
  repository = await createFixtureRepository();
  policies = join(repository.gitDir, "policies.yml");
  await writeFile(policies, POLICIES);
  base = await repository.commit({
    [OWNED]: TEXT,
    [RELEASE]: workflows.RELEASE,
    "docs/example.yml": workflows.RAISED,
    "README.md": "hello\n",
  });
});
afterAll(() => repository.dispose());

async function judged(files: Readonly<Record<string, FixtureFile>>, policy: string) {
  await repository.commit(files, { branch: "topic", parents: [base] });
  return check(repository, "topic", "--policy", policy);
}

describe("an owned path stays owned where a change", () => {
  test.each([
    { when: "renames the file out of it", files: { [OWNED]: null, "src/rates.ts": TEXT } },
    {
      when: "renames it and edits it, so that git sees another file",
      files: { [OWNED]: null, "src/rates.ts": `${TEXT}export const fee = 0;\n` },
    },
    { when: "removes it", files: { [OWNED]: null } },
    {
      when: "renames it so that only case differs",
      files: { [OWNED]: null, "src/Payments/rates.ts": TEXT },
    },
    {
      when: "swaps it with another file",
      files: { [OWNED]: "hello\n", "README.md": TEXT },
    },
    {
      when: "renames it and puts a copy in many places, so that any could be the new name",
      files: { [OWNED]: null, a: TEXT, b: TEXT, c: TEXT },
    },
    {
      when: "replaces its folder by a file",
      files: { [OWNED]: null, "src/payments": "gone\n" },
    },
  ])("$when", async ({ files }) => {
    const { status, verdict } = await judged(files, policies);
    expect(status).toBe(1);
    expect(verdict.policyIds).toEqual(["owned"]);
  });
});

describe("what a rename brings to life is judged, where it", () => {
  test.each([
    {
      when: "moves an example among the workflows",
      files: { "docs/example.yml": null, ".github/workflows/example.yml": workflows.RAISED },
    },
    {
      when: "moves an example over a workflow",
      files: { "docs/example.yml": null, [RELEASE]: workflows.RAISED },
    },
  ])("$when", async ({ files }) => {
    const { verdict } = await judged(files, PACK);
    expect(verdict).toMatchObject({ decision: "DENY" });
    expect(verdict.policyIds).toContain("new-permissions");
  });
});

test("a policy that says deleted, where a status is removed, is refused and does not stay silent", async () => {
  const misspelt = join(repository.gitDir, "misspelt.yml");
  await writeFile(misspelt, POLICIES.replace("path:", "status: deleted, path:"));
  await repository.commit({ [OWNED]: null }, { branch: "topic", parents: [base] });
  const range = ["--repo", repository.directory, "--base", base, "--head", "topic"];
  const { status } = await runCli(["check", ...range, "--policy", misspelt]);
  expect(status).toBe(2);
});
