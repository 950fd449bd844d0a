import { cp, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { generateSigningKey } from "../../ledger/format/keys.ts";
import { writeLedger } from "../../bench/written-ledger.ts";
import { createFixtureRepository } from "../git/fixture-repository.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");

/** Enough that threads judge them, which the build has to put where they are looked for. */
const RECORDS = 1_500;

/** Every file of a folder, by its path in it. */
async function filesOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const read = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [relative(folder, path), await readFile(path, "utf8")] as const;
  });
  return new Map((await Promise.all(read)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

test("the build has the same bytes in two folders, time zones and languages", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bailiff-build-"));
  try {
    const other = join(folder, "another place");
    await mkdir(other);
    // What git has, and what the work tree holds of it.
    const { stdout } = await run("git", ["ls-files", "-z"], { cwd: root });
    for (const path of stdout.split("\0").filter((name) => name !== "")) {
      await cp(join(root, path), join(other, path));
    }
    await cp(join(root, "node_modules"), join(other, "node_modules"), { recursive: true });
    const build = (cwd: string, out: string, env: Record<string, string>) =>
      run(process.execPath, ["scripts/build.ts", out], { cwd, env: { ...process.env, ...env } });
    await build(root, join(folder, "one"), { TZ: "UTC", LC_ALL: "C" });
    await build(other, join(folder, "two"), { TZ: "Asia/Kathmandu", LC_ALL: "tr_TR.UTF-8" });
    const one = await filesOf(join(folder, "one"));
    expect([...one.keys()]).toContain("action.js");
    expect(await filesOf(join(folder, "two"))).toEqual(one);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("the built command judges a long ledger on its threads", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bailiff-build-"));
  await using repository = await createFixtureRepository({ bare: true });
  try {
    await run(process.execPath, [join(root, "scripts/build.ts"), folder], { cwd: root });
    await writeLedger(repository.directory, generateSigningKey().key, RECORDS);
    const args = ["ledger", "verify", "--repo", repository.directory, "--format", "json"];
    const { stdout } = await run(process.execPath, [join(folder, "bailiff.js"), ...args]);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, size: RECORDS, problems: [] });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
