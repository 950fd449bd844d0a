import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { openLedgerBranch } from "../../git/ledger-branch.ts";
import { openLedgerClone } from "../../git/ledger-clone.ts";
import { generateSigningKey } from "../../ledger/format/keys.ts";
import { parsePin } from "../../ledger/format/pin.ts";
import { initLedger } from "../../ledger/genesis.ts";
import { replay } from "../../ledger/replay.ts";
import { openSequencer } from "../../ledger/sequencer.ts";
import { verifyLedger } from "../../ledger/verify/verify.ts";
import { createFixtureRepository } from "../git/fixture-repository.ts";
import { SeededRandom, seedOfRun } from "./seeded-random.ts";
import { REPOSITORY_ID } from "./verdict-fixture.ts";
import { DOCUMENTS, verdictDraft } from "./writer-fixture.ts";

const LANES = 3;
const KILLS_A_LANE = 100;
/** A slow machine sees fewer deaths, and no run takes longer. */
const LONGEST_MS = 4 * 60_000;
/** Writers live as long as so many appends take here: most die in one of their first. */
const LONGEST_LIFE_APPENDS = 10;
const seed = seedOfRun();
const APPENDER = fileURLToPath(new URL("logged-append-process.ts", import.meta.url));

test(`${LANES} writers at once, killed at up to ${LANES * KILLS_A_LANE} random instants: what was answered stands, nothing twice, never two roots of one size`, async () => {
  console.log(`killed writers: BAILIFF_SEED=${seed}`);
  const folder = await mkdtemp(join(tmpdir(), "bailiff-killed-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await using repository = await createFixtureRepository({ bare: true });
  await using branch = await openLedgerBranch({ repository: repository.directory });
  const { key, pem } = generateSigningKey();
  const [keyFile, log, directory] = [join(folder, "key"), join(folder, "log"), join(folder, "own")];
  await writeFile(keyFile, pem, { mode: 0o600 });
  await writeFile(log, "");
  const beginning = { key, repositories: [REPOSITORY_ID], at: new Date() };
  const pin = parsePin(await initLedger(branch, beginning));
  const args = [repository.directory, keyFile, pin.trustRoot, directory, log];

  const own = { branch, key, expectedRoot: pin.trustRoot, repositoryId: REPOSITORY_ID };
  const healthy = openSequencer({ ...own, directory });
  const begun = performance.now();
  await healthy.append([verdictDraft({ number: 1 })], DOCUMENTS);
  const longestMs = LONGEST_LIFE_APPENDS * (performance.now() - begun);

  const lanes = Array.from({ length: LANES }, (_, lane) => runLane(lane, args, longestMs));
  const kills = (await Promise.all(lanes)).reduce((sum, each) => sum + each, 0);
  console.log(`killed writers: ${kills}`);
  await healthy.append([verdictDraft({ number: 2 })], DOCUMENTS);

  await using clone = await openLedgerClone({ repository: repository.directory });
  const { problems } = await verifyLedger(clone, { pin, repositoryId: REPOSITORY_ID });
  expect(problems).toEqual([]);
  const { placed, roots } = await readLog(log);
  const standing = new Map<string, string>();
  const numbers: unknown[] = [];
  for await (const { index, leaf, verdict } of replay(clone)) {
    standing.set(String(index), leaf);
    if (verdict !== null) numbers.push(verdict.action.number);
  }
  expect(placed.filter(([, , index = "", leaf]) => standing.get(index) !== leaf)).toEqual([]);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect([...roots].filter(([, signed]) => signed.size > 1)).toEqual([]);
  expect(placed.length).toBeGreaterThan(LANES);
});

/** One writer after the other, each killed some time after it began to append; gives how many were. */
async function runLane(lane: number, args: readonly string[], longestMs: number): Promise<number> {
  const random = new SeededRandom(seed + lane);
  const deadline = performance.now() + LONGEST_MS;
  let kills = 0;
  for (; kills < KILLS_A_LANE && performance.now() < deadline; kills += 1) {
    // No two processes ever judge the same pull request.
    const first = 1_000 * (1 + lane * KILLS_A_LANE + kills);
    const child = spawn(process.execPath, [APPENDER, ...args, String(first)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exit = once(child, "exit");
    await once(child.stdout, "data");
    await Promise.race([pause(random.below(longestMs)), exit]);
    child.kill("SIGKILL");
    const [status, signal] = (await exit) as [number | null, string | null];
    expect({ status, signal }).toEqual({ status: null, signal: "SIGKILL" });
  }
  return kills;
}

async function readLog(log: string) {
  const lines = (await readFile(log, "utf8")).trimEnd().split("\n");
  const words = lines.map((line) => line.split(" "));
  const roots = new Map<string, Set<string>>();
  for (const [what, size = "", root = ""] of words) {
    if (what === "signed") roots.set(size, (roots.get(size) ?? new Set()).add(root));
  }
  return { placed: words.filter(([what]) => what === "placed"), roots };
}
