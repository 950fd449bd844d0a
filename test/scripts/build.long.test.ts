import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
