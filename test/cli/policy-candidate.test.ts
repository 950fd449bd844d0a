import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFixtureRepository, type FixtureRepository } from "../git/fixture-repository.ts";
import { runCli } from "./run-cli.ts";

const POLICY = ".github/bailiff.yml";
const policy = (decision: string) =>
  `version: 1\npolicies:\n  - { id: code, decision: ${decision}, each: files, match: { path: "src/**" } }\n`;

let repository: FixtureRepository;
let base: string;
let head: string;

beforeAll(async () => {
  repository = await createFixtureRepository();
  await repository.commit({ [POLICY]: policy("WARN") });
  base = await repository.commit({ "src/old.ts": "a\n" });
  head = await repository.commit({
    [POLICY]: policy("DENY"),
    ".github/bailiff.test.yml":
      "version: 1\ncases:\n  - { name: code, files: { src/a: { head: a } }, want: DENY }\n",
    "src/new.ts": "a\n",
  });
});
afterAll(() => repository[Symbol.asyncDispose]());

function check(...args: readonly string[]) {
  const place = ["--repo", repository.directory, "--base", base, "--head", head];
  return runCli(["check", ...place, ...args]);
}

test("what policies that a change brings come to is told, and judges nothing", async () => {
  const { status, out } = await check();
  expect(status).toBe(0);
  expect(out).toContain("The policies that this change brings (the present ones judged):\n");
  expect(out).toMatch(/^ {2}Lint: +no problem$/m);
  expect(out).toMatch(/^ {2}Cases: +1 of 1 as wanted$/m);
  expect(out).toMatch(/^ {2}This change: +WARN by the present policies, DENY by these/m);
  expect(out).toMatch(
    /^ {2}Back-test: +1 verdict would flip over the last 2 commits of the base$/m,
  );
  expect(out).toMatch(new RegExp(`^  ${base.slice(0, 12)} .* WARN  → DENY`, "m"));
});

test("the docs show it as it is", async () => {
  const page = await readFile(new URL("../../docs/policies.md", import.meta.url), "utf8");
  const [, example = ""] = /^```text\n(The policies that.*?)^```$/ms.exec(page) ?? [];
  expect(example).not.toBe("");
  expect((await check()).out).toContain(example);
});

test("as one JSON document", async () => {
  const { out } = await check("--format", "json");
  expect(JSON.parse(out)).toMatchObject({
    verdict: { decision: "WARN", policyIds: ["code"] },
    candidate: {
      ...{ policies: "sound", problems: 0, here: { before: "WARN", after: "DENY" } },
      cases: { tried: 1, failed: 0, ranges: 0, untried: 0 },
      backtest: { commits: 2, untold: 0, flips: [{ commit: base }], ended: "whole" },
    },
  });
});

test("where others than the repository's own judge, its own are not tried on the past", async () => {
  const { out } = await check("--policy", "bailiff:recommended", "--format", "json");
  expect(JSON.parse(out)).not.toHaveProperty("candidate");
});
