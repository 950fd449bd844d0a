import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { openLedgerClone } from "../../git/ledger-clone.ts";
import { replay } from "../../ledger/replay.ts";
import { createFixtureRepository } from "../git/fixture-repository.ts";
import { SeededRandom, seedOfRun } from "../ledger/seeded-random.ts";
import { runCli } from "./run-cli.ts";
import * as workflows from "./workflows.ts";

const RELEASE = ".github/workflows/release.yml";
const ROUNDS = 60;
/** Writers live up to so much longer than one takes here: most die at it, some come to an answer. */
const LONGEST_LIFE = 1.5;
const seed = seedOfRun();

test(`writers killed at ${ROUNDS} random instants: nothing lost, nothing twice, never two roots`, async () => {
  console.log(`killed appenders: BAILIFF_SEED=${seed}`);
  const random = new SeededRandom(seed);
  const folder = await mkdtemp(join(tmpdir(), "bailiff-killed-"));
  await using repository = await createFixtureRepository();
  const base = await repository.commit({ [RELEASE]: workflows.RELEASE });
  await repository.commit({ [RELEASE]: workflows.RAISED }, { branch: "raise", parents: [base] });
  const key = join(folder, "key.pem");
  await runCli(["keys", "generate", "--out", key]);
  const init = await runCli(["ledger", "init", "--repo", repository.directory, "--key", key]);
  const check = [
    ...["check", "--repo", repository.directory, "--base", "main", "--head", "raise"],
    ...["--policy", "bailiff:recommended", "--record", "--key", key, "--format", "json"],
  ];

  const begun = performance.now();
  await runCli(check);
  const longestMs = LONGEST_LIFE * (performance.now() - begun);

  const answered: { index: number; leaf: string }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const record = await runAndKill(check, random.below(longestMs));
    if (record !== null) answered.push(record);
  }
  const last = await runCli(check);
  expect(last.status).toBe(1);

  const args = ["ledger", "verify", "--repo", repository.directory, "--format", "json"];
  const verified = await runCli([...args, "--pin", init.out.trim()]);
  expect(JSON.parse(verified.out)).toMatchObject({ ok: true, problems: [] });

  await using clone = await openLedgerClone({ repository: repository.directory });
  const leaves = new Map<number, string>();
  const attempts: (string | null)[] = [];
  for await (const { index, leaf, verdict } of replay(clone)) {
    leaves.set(index, leaf);
    if (verdict !== null) attempts.push(verdict.action.attempt);
  }
  for (const { index, leaf } of answered) expect(leaves.get(index)).toBe(leaf);
  expect(new Set(attempts).size).toBe(attempts.length);
  expect(answered.length).toBeGreaterThan(0);
  expect(answered.length).toBeLessThan(ROUNDS);
  await rm(folder, { recursive: true, force: true });
});

/** The record that a writer answered with before it was killed, null where it did not come to that. */
async function runAndKill(args: readonly string[], afterMs: number) {
  const child = spawn(join(import.meta.dirname, "../../bailiff"), args, {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString("utf8")));
  const closed = new Promise<void>((resolve) => {
    child.on("close", () => {
      resolve();
    });
  });
  await Promise.race([closed, pause(afterMs)]);
  child.kill("SIGKILL");
  await closed;
  try {
    return (JSON.parse(out) as { record: { index: number; leaf: string } }).record;
  } catch {
    return null;
  }
}
