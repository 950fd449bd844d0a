import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFixtureRepository, type FixtureRepository } from "../git/fixture-repository.ts";
import { runCli } from "./run-cli.ts";
import * as workflows from "./workflows.ts";

let folder: string;
let repository: FixtureRepository;
let commits: string[];
const stack = new AsyncDisposableStack();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bailiff-backtest-"));
  repository = stack.use(await createFixtureRepository());
  commits = [
    await repository.commit({ "README.md": "a\n" }),
    await repository.commit({ "src/a.ts": "a\n" }),
    await repository.commit({ ".github/workflows/a.yml": workflows.RELEASE }),
    await repository.commit({ "README.md": "b\n" }),
  ];
});
afterAll(async () => {
  await stack.disposeAsync();
  await rm(folder, { recursive: true, force: true });
});

async function policy(name: string, decision: string, path: string): Promise<string> {
  const file = join(folder, name);
  const text = `{ id: mine, decision: ${decision}, each: files, match: { path: ${JSON.stringify(path)} } }`;
  await writeFile(file, `version: 1\npolicies:\n  - ${text}\n`);
  return file;
}

async function backtest(...args: readonly string[]) {
  const head = commits.at(-1) ?? "";
  return runCli(["policy", "backtest", ...args, "--repo", repository.directory, "--head", head]);
}

describe("policy backtest", () => {
  test("lists what would flip, the newest first, and counts it", async () => {
    const warns = await policy("warns.yml", "WARN", "src/**");
    const denies = await policy("denies.yml", "DENY", "{src,.github}/**");
    const { status, out, said } = await backtest(denies, "--against", warns);
    expect(status).toBe(0);
    const [release = "", source = ""] = [commits[2], commits[1]].map((id) => id?.slice(0, 12));
    expect(out.split("\n")).toEqual([
      expect.stringMatching(new RegExp(`^${release} .* ALLOW → DENY  +mine: mine$`)),
      expect.stringMatching(new RegExp(`^${source} .* WARN  → DENY  +mine: mine$`)),
      "ALLOW → DENY 1, WARN → DENY 1, of 4 commits",
      "",
    ]);
    expect(said).toBe("");
  });

  test("what is laxer flips as well, with the reason that is given up", async () => {
    const lax = await policy("lax.yml", "WARN", "nothing");
    const { out } = await backtest(lax, "--against", "bailiff:recommended", "--format", "json");
    expect(JSON.parse(out)).toMatchObject({
      commits: 4,
      flips: [
        { commit: commits[2], before: "DENY", after: "ALLOW", policyIds: ["new-permissions"] },
      ],
    });
  });

  test("the same policies flip nothing, and only as many commits are judged as are asked for", async () => {
    const one = await policy("same.yml", "DENY", "**");
    const all = await backtest(one, "--against", one);
    expect(all.out).toBe("no verdict flips, of 4 commits\n");
    const few = await backtest(one, "--against", one, "--commits", "2");
    expect(few.out).toBe("no verdict flips, of 2 commits\n");
    const none = await backtest(one, "--against", one, "--since", "2999-01-01");
    expect(none.out).toBe("no verdict flips, of 0 commits\n");
  });

  test.each([
    [["--since", "yesterday"], "--since yesterday is no date"],
    [["--since", "2026-13-01"], "--since 2026-13-01 is no date"],
    [["--commits", "some"], "--commits some is not a whole number"],
    [["--against", "nothing.yml"], "nothing.yml: the file cannot be read"],
  ])("%j is a usage error", async (args, told) => {
    const one = await policy("one.yml", "DENY", "**");
    const ran = await backtest(one, ...args);
    expect(ran.status).toBe(2);
    expect(ran.said).toContain(told);
  });
});
