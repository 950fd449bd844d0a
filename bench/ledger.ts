import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { openLedgerBranch } from "../git/ledger-branch.ts";
import { openLedgerClone } from "../git/ledger-clone.ts";
import type { LedgerBranch } from "../ledger/branch.ts";
import { generateSigningKey, verifySignature, type SigningKey } from "../ledger/format/keys.ts";
import { leafHash } from "../ledger/format/tree.ts";
import { initLedger } from "../ledger/genesis.ts";
import { queryLineage } from "../ledger/lineage/query.ts";
import type { Ledger, RecordDraft } from "../ledger/record.ts";
import { openSequencer } from "../ledger/sequencer.ts";
import { verifyLedger } from "../ledger/verify/verify.ts";
import { createFixtureRepository } from "../test/git/fixture-repository.ts";
import {
  digestOf,
  DOCUMENT,
  objectIdOf,
  REPOSITORY_ID,
  verdictPredicateOf,
} from "../test/ledger/verdict-fixture.ts";

const SIZES = [10, 1_000, 100_000];
const BATCH = 500;
const APPENDS = 15;
const DOCUMENTS = new Map([[digestOf(DOCUMENT), new TextEncoder().encode(DOCUMENT)]]);

/** Append, verify and query of one ledger as it grows, through real git, against this machine's own speed. */
export async function benchLedger(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "bailiff-bench-"));
  await using repository = await createFixtureRepository({ bare: true });
  await using branch = await openLedgerBranch({ repository: repository.directory });
  const { key } = generateSigningKey();
  const ledger = await beginLedger(branch, key, directory);
  console.log(
    `ledger: ${availableParallelism()} cores, records of about 3 KB, batches of ${BATCH}`,
  );

  const appendMs: number[] = [];
  let size = 1;
  for (const target of SIZES) {
    size = await grow(ledger, size, target - APPENDS > size ? target - APPENDS : size);
    const { medianMs, reached } = await timeAppends(ledger, size);
    size = reached;
    appendMs.push(medianMs);
    await repository.git("repack", "-adq");
    await timeReading(repository.directory, { size, key, appendMs: medianMs });
  }
  const [, thousand = Number.NaN, last = Number.NaN] = appendMs;
  console.log(`  append at ${SIZES.at(-1)} : at 1000 = ${(last / thousand).toFixed(2)}\n`);
  await rm(directory, { recursive: true, force: true });
}

async function beginLedger(branch: LedgerBranch, key: SigningKey, directory: string) {
  const beginning = { key, repositories: [REPOSITORY_ID], at: new Date() };
  const pin = await initLedger(branch, beginning);
  const expectedRoot = pin.split(" ").at(-1) ?? "";
  return openSequencer({ branch, key, expectedRoot, repositoryId: REPOSITORY_ID, directory });
}

/** Appends batches until the ledger has `target` records. */
async function grow(ledger: Ledger, from: number, target: number): Promise<number> {
  let size = from;
  while (size < target) {
    const count = Math.min(BATCH, target - size);
    const start = size;
    await ledger.append(
      Array.from({ length: count }, (_, offset) => draft(start + offset)),
      DOCUMENTS,
    );
    size += count;
  }
  return size;
}

async function timeAppends(ledger: Ledger, from: number) {
  const times: number[] = [];
  for (let append = 0; append < APPENDS; append += 1) {
    times.push(await elapsedMs(() => ledger.append([draft(from + append)], DOCUMENTS)));
  }
  return { medianMs: median(times), reached: from + APPENDS };
}

async function timeReading(
  repository: string,
  at: { readonly size: number; readonly key: SigningKey; readonly appendMs: number },
): Promise<void> {
  const baselineMs = await elapsedMs(() => hashAndVerify(at.size, at.key));
  const verifyMs = await elapsedMs(async () => {
    await using clone = await openLedgerClone({ repository });
    const { ok, size, problems } = await verifyLedger(clone);
    if (!ok || size !== at.size) throw new Error(`not verified: ${JSON.stringify(problems[0])}`);
  });
  const queryMs = await elapsedMs(async () => {
    await using clone = await openLedgerClone({ repository });
    await queryLineage(clone, { pullRequest: at.size - 1 });
  });
  const columns = [
    `${String(at.size).padStart(7)} records`,
    `append one ${at.appendMs.toFixed(0)} ms`,
    `verify ${verifyMs.toFixed(0)} ms`,
    `Ed25519 and SHA-256 alone ${baselineMs.toFixed(0)} ms`,
    `ratio ${(verifyMs / baselineMs).toFixed(2)}`,
    `query ${queryMs.toFixed(0)} ms`,
    `peak ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
  ];
  console.log(`  ${columns.join(" · ")}`);
}

/** What verification cannot do without: one signature and three hashes of a record's bytes each. */
async function hashAndVerify(records: number, key: SigningKey): Promise<void> {
  const bytes = new Uint8Array(2_300).fill(7);
  const signature = key.sign(bytes);
  for (let done = 0; done < records; done += 64) {
    const count = Math.min(64, records - done);
    const checks = Array.from({ length: count }, () => {
      leafHash(bytes);
      leafHash(bytes);
      leafHash(bytes);
      return verifySignature(key.public, bytes, signature);
    });
    await Promise.all(checks);
  }
}

function draft(number: number): RecordDraft {
  const head = objectIdOf(`head ${number}`);
  const placed = new Set(["id", "ledger", "supersedes", "observed"]);
  const predicate = Object.fromEntries(
    Object.entries(verdictPredicateOf({ number, head })).filter(([name]) => !placed.has(name)),
  );
  return {
    kind: "verdict",
    subject: { commit: head, tree: objectIdOf(`${head} tree`) },
    observed: { size: 1, root: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" },
    predicate,
  };
}

async function elapsedMs(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[times.length >> 1] ?? Number.NaN;
}
