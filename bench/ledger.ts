import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { openLedgerBranch } from "../git/ledger-branch.ts";
import { openLedgerClone } from "../git/ledger-clone.ts";
import { generateSigningKey, parseSigningKey, type SigningKey } from "../ledger/format/keys.ts";
import { trustRootDigest } from "../ledger/format/trust-root.ts";
import { queryLineage } from "../ledger/lineage/query.ts";
import type { Ledger } from "../ledger/record.ts";
import { openSequencer } from "../ledger/sequencer.ts";
import { fixtureGit } from "../test/git/fixture-repository.ts";
import { REPOSITORY_ID } from "../test/ledger/verdict-fixture.ts";
import { BAILIFF, median, runMeasured, type MeasuredRun } from "./measured-run.ts";
import { BATCH, DOCUMENTS, draftOf, writeLedger } from "./written-ledger.ts";

const SIZES = [10, 1_000, 10_000, 100_000];
const ROUNDS = 25;
const RUNS = 3;
/** Of a record of `draftOf`. */
const LINE_BYTES = 4_164;
const SIGNED_BYTES = 2_979;

/**
 * Append, verify and query of ledgers of several sizes, through real git.
 *
 * `BAILIFF_BENCH_LEDGERS` names a folder that keeps the ledgers for the next run, and
 * `BAILIFF_BENCH_SIZES` other sizes.
 */
export async function benchLedger(): Promise<void> {
  const kept = process.env["BAILIFF_BENCH_LEDGERS"];
  const sizes = process.env["BAILIFF_BENCH_SIZES"]?.split(",").map(Number) ?? SIZES;
  const scratch = await mkdtemp(join(tmpdir(), "bailiff-bench-"));
  console.log(
    `ledger: ${availableParallelism()} cores, lines of ${LINE_BYTES} bytes, ${BATCH} a batch`,
  );
  try {
    const ledgers: WrittenLedger[] = [];
    for (const size of sizes) ledgers.push(await writtenLedger(kept ?? scratch, size));
    await compareAppends(ledgers, scratch);
    for (const ledger of ledgers) await timeReading(ledger);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  console.log("");
}

interface WrittenLedger {
  readonly size: number;
  readonly repository: string;
  readonly key: SigningKey;
}

async function writtenLedger(folder: string, size: number): Promise<WrittenLedger> {
  const repository = join(folder, `${size}.git`);
  const keyFile = join(folder, `${size}.pem`);
  if (!existsSync(keyFile)) {
    const { key, pem } = generateSigningKey();
    await mkdir(repository, { recursive: true });
    await fixtureGit(repository, ["init", "-q", "--bare"]);
    await writeLedger(repository, key, size);
    await fixtureGit(repository, ["repack", "-adq"]);
    // Last: a ledger without it was not finished.
    await writeFile(keyFile, pem, { mode: 0o600 });
  }
  return { size, repository, key: parseSigningKey(await readFile(keyFile, "utf8")) };
}

/** One record at a time in turn, so that a machine that drifts drifts under all sizes. */
async function compareAppends(ledgers: readonly WrittenLedger[], scratch: string): Promise<void> {
  await using writers = new AsyncDisposableStack();
  const appends: (() => Promise<unknown>)[] = [];
  for (const { repository, size, key } of ledgers) {
    const copy = join(scratch, `${size}-appended.git`);
    await fixtureGit(scratch, ["clone", "-q", "--bare", repository, copy]);
    const branch = writers.use(await openLedgerBranch({ repository: copy }));
    const root = await (await branch.tip())?.read("trust/1.root.json");
    const ledger: Ledger = openSequencer({
      ...{ branch, key, repositoryId: REPOSITORY_ID, directory: join(scratch, `${size}-writer`) },
      expectedRoot: trustRootDigest(root ?? new Uint8Array(0)),
    });
    let next = size;
    appends.push(() => ledger.append([draftOf(next++)], DOCUMENTS));
  }
  // Once uncounted: a writer that is new to a ledger reads all of it.
  for (const append of appends) await append();
  const times = appends.map(() => [] as number[]);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, append] of appends.entries()) times[at]?.push(await elapsedMs(append));
  }
  for (const [at, { size }] of ledgers.entries()) {
    const [least = Number.NaN] = (times[at] ?? []).toSorted((one, other) => one - other);
    const ms = `least ${least.toFixed(0)} ms, median ${median(times[at] ?? []).toFixed(0)} ms`;
    // Each round by itself: what slows one append of it slows the others.
    const ratios = (times[at] ?? []).map((time, round) => time / (times[0]?.[round] ?? Number.NaN));
    console.log(`  append at ${label(size)}: ${ms}, to the smallest ${median(ratios).toFixed(2)}`);
  }
}

async function timeReading({ size, repository }: WrittenLedger): Promise<void> {
  const signatures = size + Math.ceil(size / BATCH);
  const amounts = [signatures, size, LINE_BYTES, SIGNED_BYTES].map(String);
  const script = join(import.meta.dirname, "bare-crypto.ts");
  const bare: MeasuredRun[] = [];
  const verify: MeasuredRun[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    bare.push(runMeasured(script, amounts));
    verify.push(runMeasured(BAILIFF, ["ledger", "verify", "--repo", repository]));
  }
  const queryMs = await elapsedMs(async () => {
    await using clone = await openLedgerClone({ repository });
    await queryLineage(clone, { pullRequest: size - 1 });
  });
  const columns = [
    `verify ${runText(verify)}`,
    `bare ${runText(bare)}`,
    `ratio ${ratioText(verify, bare)}`,
    `peak ${Math.max(...verify.map(({ megabytes }) => megabytes)).toFixed(0)} MB`,
    `query ${(queryMs / 1_000).toFixed(2)} s`,
  ];
  console.log(`  ${label(size)}: ${columns.join(" · ")}`);
}

function runText(runs: readonly MeasuredRun[]): string {
  const [seconds, work] = least(runs);
  return `${seconds.toFixed(2)} s (${work.toFixed(2)} s of work)`;
}

/** By the clock, and by the work of all threads: the second holds where others use the machine. */
function ratioText(one: readonly MeasuredRun[], other: readonly MeasuredRun[]): string {
  const [[seconds, work], [bareSeconds, bareWork]] = [least(one), least(other)];
  return `${(seconds / bareSeconds).toFixed(2)} (work ${(work / bareWork).toFixed(2)})`;
}

function least(runs: readonly MeasuredRun[]): readonly [seconds: number, workSeconds: number] {
  const seconds = Math.min(...runs.map((run) => run.seconds));
  return [seconds, Math.min(...runs.map(({ workSeconds }) => workSeconds))];
}

function label(size: number): string {
  return `${String(size).padStart(7)} records`;
}

async function elapsedMs(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
