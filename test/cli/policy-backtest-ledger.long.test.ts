import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { git, LEDGER, withLedger } from "../app/ledger-scene.ts";
import { openPull, openScene, POLICIES } from "../app/scene.ts";
import { createFixtureRepository } from "../git/fixture-repository.ts";
import { runCli } from "./run-cli.ts";

const policy = (more: string) =>
  `version: 1\npolicies:\n  - { id: code, decision: DENY, each: files, match: { path: "src/**" }${more} }\n`;
const APPROVED = policy(", unless: { approved_by: { users: [bo], count: 1 } }");

let folder: string;
let directory: string;

/** A ledger with two pull requests: one of code that bo approved, and one that nobody minds. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bailiff-ledger-"));
  await using scene = await openScene();
  const repository = await withLedger(scene, "shop", { [POLICIES]: APPROVED });
  const { number } = await openPull(repository, { "src/a.ts": "a\n" }, { head: "code" });
  await openPull(repository, { "README.md": "a\n" }, { head: "words" });
  await scene.settled();
  repository.review(number, { by: "bo", event: "APPROVE" });
  await scene.settled();
  directory = join(folder, "clone");
  git(repository, "clone", "-q", "--mirror", ".", directory);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function backtest(text: string, ...args: readonly string[]) {
  const file = join(folder, "candidate.yml");
  await writeFile(file, text);
  return runCli(["policy", "backtest", file, "--ledger", "--repo", directory, ...args]);
}

test("a pull request is judged by what was known of it when it was judged last", async () => {
  const { status, out } = await backtest(APPROVED);
  expect(out).toBe("no verdict flips, of 2 pull requests on the ledger\n");
  expect(status).toBe(0);
});

test("verdicts on the record that would flip are listed", async () => {
  const { out, said } = await backtest(policy(""));
  expect(out.split("\n")).toEqual([
    expect.stringMatching(/^#1 {6}\d{4}-\d\d-\d\d {2}ALLOW → DENY {3}code: code$/),
    "ALLOW → DENY 1, of 2 pull requests on the ledger",
    "",
  ]);
  expect(said).toContain("`bailiff ledger verify` is what proves it");
  const { out: json } = await backtest(policy(""), "--format", "json");
  expect(JSON.parse(json)).toMatchObject({
    ...{ pullRequests: 2, untold: 0, missing: 0 },
    flips: [{ number: 1, before: "ALLOW", after: "DENY", policyIds: ["code"] }],
  });
});

test("only those since a day are judged", async () => {
  const { out } = await backtest(policy(""), "--since", "2999-01-01");
  expect(out).toBe("no verdict flips, of 0 pull requests on the ledger\n");
});

test("those whose commits are not here are counted, with what brings them", async () => {
  await using other = await createFixtureRepository();
  await other.commit({ a: "a\n" });
  const branch = `refs/heads/${LEDGER}`;
  await other.git("fetch", "-q", directory, `${branch}:${branch}`);
  const file = join(folder, "strict.yml");
  await writeFile(file, policy(""));
  const { out } = await runCli([
    ...["policy", "backtest", file, "--ledger", "--repo", other.directory],
  ]);
  expect(out).toContain("no verdict flips, of 2 pull requests on the ledger\n");
  expect(out).toContain("the commits of 2 are not here: `git fetch origin");
});

test.each(["--against", "--head", "--commits"])("%s is a usage error beside it", async (option) => {
  const { status, said } = await backtest(policy(""), option, "2");
  expect(status).toBe(2);
  expect(said).toContain(`${option} says nothing with --ledger`);
});
