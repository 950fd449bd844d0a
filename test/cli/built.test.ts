import { execFile } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { generateSigningKey } from "../../ledger/format/keys.ts";
import { bundleDigest, thisVersion } from "../../maestro/evaluator.ts";
import { shippedAction } from "../action/runner/shipped.ts";
import { createFixtureRepository } from "../git/fixture-repository.ts";

const run = promisify(execFile);

test("the built command records the digest of its bundle, wherever it is started", async () => {
  const dist = join(await shippedAction(), "dist");
  await using repository = await createFixtureRepository();
  const base = await repository.commit({ "a.txt": "a\n" });
  const head = await repository.commit({ "a.txt": "b\n" });
  const cwd = await mkdtemp(join(tmpdir(), "bailiff-elsewhere-"));
  const env = { ...process.env, BAILIFF_SIGNING_KEY: generateSigningKey().pem };
  const bailiff = async (...args: readonly string[]): Promise<string> => {
    const place = ["--repo", repository.directory];
    const script = join(dist, "bailiff.js");
    return (await run(process.execPath, [script, ...args, ...place], { cwd, env })).stdout;
  };
  await bailiff("ledger", "init", "--repository-id", "1");
  await bailiff("check", "--base", base, "--head", head, "--record");
  const shown = await bailiff("ledger", "show", "1", "--format", "json");
  const evaluator = { id: "bailiff", version: thisVersion(), digest: bundleDigest(dist) };
  expect(JSON.parse(shown)).toMatchObject({ statement: { predicate: { evaluator } } });
});
