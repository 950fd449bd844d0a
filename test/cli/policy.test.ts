import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFixtureRepository } from "../git/fixture-repository.ts";
import { runCli } from "./run-cli.ts";
import * as workflows from "./workflows.ts";

const packs = fileURLToPath(new URL("../../rules/packs/", import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bailiff-policy-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const POLICY =
  "version: 1\npolicies:\n  - { id: code, decision: WARN, each: files, match: { path: 'src/**' } }\n";
const caseOf = (want: string): string =>
  `version: 1\ncases:\n  - { name: code, files: { src/a: { head: a } }, want: ${want} }\n`;

describe("policy lint", () => {
  test("says nothing but how many there are where all is well", async () => {
    expect(await runCli(["policy", "lint", "bailiff:recommended", "bailiff:update-bots"])).toEqual({
      ...{ status: 0, out: "", said: "19 policies, no problem\n" },
    });
  });

  test("a file may say where its schema is, for editors", async () => {
    const one = await file(
      "schema.yml",
      "$schema: ../policy.schema.json\nversion: 1\nextends: [bailiff:recommended@1]\n",
    );
    expect(await runCli(["policy", "lint", one])).toMatchObject({ status: 0, out: "" });
  });

  test("tells every problem of every file with its place and remedy, exit 2", async () => {
    const one = await file("one.yml", "version: 1\npolicies:\n  - { id: a, decision: NO }\n");
    const other = await file("other.yml", "version: 3\n");
    const { status, out } = await runCli(["policy", "lint", one, other]);
    expect(status).toBe(2);
    expect(out.split("\n").filter((line) => line !== "")).toEqual([
      expect.stringMatching(/one\.yml:3:5: a policy says when it fires; add match/),
      expect.stringMatching(/one\.yml:3:24: decision .*; write WARN or DENY$/),
      expect.stringMatching(/other\.yml:1:10: /),
    ]);
    const { out: json } = await runCli(["policy", "lint", other, "--format", "json"]);
    expect(JSON.parse(json)).toMatchObject({ problems: [{ path: other, line: 1, column: 10 }] });
  });

  test.each([
    [["policy"], "say one of lint, test, explain, backtest"],
    [["policy", "lint", "nothing.yml"], "policy lint: nothing.yml: the file cannot be read"],
    [["policy", "lint", "bailiff:none"], "policy lint: bailiff:none: there is no such pack"],
    [["policy", "test", "bailiff:recommended"], "name them with --cases"],
  ])("%j is a usage error", async (args, said) => {
    const ran = await runCli(args);
    expect(ran.status).toBe(2);
    expect(ran.said).toContain(said);
  });
});

describe("policy test", () => {
  test.each(["recommended", "update-bots"])(
    "the cases of bailiff:%s@1 are as wanted",
    async (pack) => {
      const cases = join(packs, `${pack}-1.test.yml`);
      const ran = await runCli(["policy", "test", `bailiff:${pack}@1`, "--cases", cases]);
      expect(ran.out).toBe("");
      expect(ran.said).toMatch(/^(\d+) of \1 cases as wanted\n$/);
      expect(ran.status).toBe(0);
    },
  );

  test("finds the cases beside the file, and says what is not as wanted, exit 1", async () => {
    const policy = await file("own.yml", POLICY);
    await file("own.test.yml", caseOf("WARN"));
    expect(await runCli(["policy", "test", policy])).toMatchObject({ status: 0, out: "" });
    await file("own.test.yml", caseOf("DENY"));
    const { status, out, said } = await runCli(["policy", "test", policy]);
    expect({ status, said }).toEqual({ status: 1, said: "0 of 1 cases as wanted\n" });
    expect(out).toBe("code: wanted DENY, got WARN (code: code)\n");
    const { out: json } = await runCli(["policy", "test", policy, "--format", "json"]);
    expect(JSON.parse(json)).toEqual({
      cases: [{ name: "code", misses: ["wanted DENY, got WARN (code: code)"] }],
    });
  });

  test("a file of cases, or policies, with a problem tries nothing, exit 2", async () => {
    const policy = await file("bad.yml", POLICY);
    await file("bad.test.yml", caseOf("MAYBE"));
    const ran = await runCli(["policy", "test", policy]);
    expect(ran.status).toBe(2);
    expect(ran.said).toMatch(/bad\.test\.yml:3:\d+: want .*write ALLOW, WARN or DENY/);
    await file("bad.yml", "version: 1\n");
    expect((await runCli(["policy", "test", policy])).status).toBe(2);
  });

  test("judges a range of a repository", async () => {
    await using repository = await createFixtureRepository();
    const base = await repository.commit({ a: "a\n" });
    const head = await repository.commit({ "src/b": "b\n" });
    const policy = await file("range.yml", POLICY);
    const range = `{ base: ${base}, head: ${head} }`;
    await file("range.test.yml", `version: 1\ncases: [{ name: a, range: ${range}, want: WARN }]\n`);
    const args = ["policy", "test", policy, "--repo", repository.directory];
    expect(await runCli(args)).toMatchObject({ status: 0, said: "1 of 1 cases as wanted\n" });
  });
});

describe("policy explain", () => {
  test("names the parts of a condition that hold, and what it takes", async () => {
    await using repository = await createFixtureRepository();
    const base = await repository.commit({ "README.md": "a\n" });
    const head = await repository.commit({ ".github/workflows/a.yml": workflows.RELEASE });
    const range = ["--repo", repository.directory, "--base", base, "--head", head];
    const policy = ["--policy", "bailiff:recommended"];
    const { status, out } = await runCli(["policy", "explain", ...range, ...policy]);
    expect(status).toBe(0);
    expect(out).toMatch(/^new-permissions DENY: A workflow that may do more needs an approval$/m);
    expect(out).toMatch(/^ {4}because item\.after is "write"$/m);
    expect(out).toMatch(
      /^DENY; to make it ALLOW:\n {2}- an approval of [0-9a-f]{7} by someone else/m,
    );
    const one = await runCli(["policy", "explain", "tests-removed", ...range, ...policy]);
    expect(one.out).not.toContain("new-permissions DENY");
    const compiled = await runCli([
      "policy",
      "explain",
      "secrets",
      "--compiled",
      ...range,
      ...policy,
    ]);
    expect(JSON.parse(compiled.out)).toMatchObject({
      policies: [{ id: "secrets" }, {}, {}, {}, {}, {}, {}],
    });
    const unknown = await runCli(["policy", "explain", "nope", ...range, ...policy]);
    expect(unknown.status).toBe(2);
    expect(unknown.said).toContain("no policy is called nope; name one of policy-change, ");
  });

  test("a change that nothing is said of is allowed, and what is unknown here is told", async () => {
    await using repository = await createFixtureRepository();
    const base = await repository.commit({ "README.md": "a\n" });
    const head = await repository.commit({ "README.md": "b\n" });
    const range = ["--repo", repository.directory, "--base", base, "--head", head];
    const { out } = await runCli([
      "policy",
      "explain",
      ...range,
      "--policy",
      "bailiff:recommended",
    ]);
    expect(out).toBe("ALLOW: nothing is left to settle\n");
    const draft = await file(
      "draft.yml",
      "version: 1\npolicies:\n  - { id: draft, decision: DENY, only: { action.draft: true } }\n",
    );
    const unknown = await runCli(["policy", "explain", ...range, "--policy", draft]);
    expect(unknown.out).toContain("cannot be judged here: action.draft is unknown");
  });
});
