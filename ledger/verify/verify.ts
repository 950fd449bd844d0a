import type { LedgerClone } from "../branch.ts";
import { trustPath } from "../format/ledger-files.ts";
import { formatPin, type Pin } from "../format/pin.ts";
import { batchesOf, type PlacedBatch } from "../replay.ts";
import { checkFiles } from "./check-files.ts";
import { checkHeads, checkSize, headKeys, type Heads } from "./check-heads.ts";
import { checkPastFiles } from "./check-past-files.ts";
import { checkRecords, type ReadRecords } from "./check-records.ts";
import { checkTree } from "./check-tree.ts";
import { checkTrust, everyKey, type Trust } from "./check-trust.ts";
import { readHistory, type History } from "./history.ts";
import { openJudgesHere, type Judges, type OpenJudges } from "./judges.ts";
import { KeysInForce } from "./keys-in-force.ts";
import { leavesOf } from "./leaves.ts";
import { MessageWatch } from "./message-watch.ts";
import { notCovered } from "./not-covered.ts";
import { PastHeads } from "./past-heads.ts";
import { withoutCopies } from "./placed-batches.ts";
import { Problems } from "./problems.ts";
import { RootWatch, type Mark } from "./root-watch.ts";
import { readOne, sortFiles, type TreeFiles } from "./tree-files.ts";
import type { Verification } from "./verification.ts";

/** What an auditor holds against a clone. */
export interface VerifyOptions {
  /** What was published out of band: the origin, a size with its root, and the first keyset. */
  readonly pin?: Pin | undefined;
  /** The host's id of the repository that the ledger must be for. */
  readonly repositoryId?: string | undefined;
  /** Who judges the records. Default: this thread where they are few, else a thread for each core. */
  readonly openJudges?: OpenJudges | undefined;
}

/** Fewer are judged before a thread has started. */
const WORTH_THREADS = 1_000;

/**
 * Verifies a whole ledger from nothing but a clone: git's objects, no network, no cache, no clock.
 *
 * The checks follow the format's table, and each reports what it finds under its own code. Nothing
 * that a clone holds makes it throw but an object that git itself cannot read. Memory holds some
 * batches, and a line for each commit and each file. Throws JUDGING_FAILED where a thread breaks off
 * or gives no answer: nothing was verified then.
 */
export async function verifyLedger(
  clone: LedgerClone,
  options: VerifyOptions = {},
): Promise<Verification> {
  const audit: Audit = { clone, options, problems: new Problems(), ...(await readBranch(clone)) };
  const trust = isLedger(audit) ? await checkTrust(clone, { ...audit, ...options }) : null;
  if (trust === null) return verificationOf(audit, null);

  const heads = await readHeads(audit, trust);
  const watch = await checkContents(audit, trust, heads);
  checkSize(heads.checkpoint?.size ?? watch.size, heads.past, {
    pinned: pinnedMark(options),
    problems: audit.problems,
  });
  return verificationOf(audit, { trust, heads, watch });
}

interface Audit {
  readonly clone: LedgerClone;
  readonly options: VerifyOptions;
  readonly problems: Problems;
  readonly files: TreeFiles;
  readonly history: History;
}

interface Audited {
  readonly trust: Trust;
  readonly heads: Heads;
  readonly watch: RootWatch;
}

async function readBranch(clone: LedgerClone): Promise<Pick<Audit, "files" | "history">> {
  const files = sortFiles(await clone.files());
  return { files, history: await readHistory(clone) };
}

/** A branch that is something else is told in one line, not in one for each of its files. */
function isLedger({ clone, files, problems }: Audit): boolean {
  const { readable, unreadable } = files;
  const marked = [...readable.checkpoint, ...readable.trust].length > 0;
  if (marked || unreadable.some(({ sort }) => sort === "checkpoint" || sort === "trust"))
    return true;
  const what = "there is neither trust/1.root.json nor checkpoint";
  problems.add("NOT_A_LEDGER", `commit ${clone.commit.slice(0, 7)}`, what);
  return false;
}

async function readHeads({ clone, files, history, problems }: Audit, trust: Trust): Promise<Heads> {
  const bytes = await readOne(clone, files, "checkpoint");
  return checkHeads(bytes, history, { keys: headKeys(trust), problems });
}

async function checkContents(audit: Audit, trust: Trust, heads: Heads): Promise<RootWatch> {
  const { clone, files, history, problems, options } = audit;
  const pinned = pinnedMark(options);
  const watch = new RootWatch([...(pinned === null ? [] : [pinned]), ...heads.past]);
  const keys = new KeysInForce(trust.keysets);
  const { placements } = history;
  const pastHeads = new PastHeads({ placements, marks: heads.past, tip: clone.commit });
  const batches = batchesOf(withoutCopies(files.readable.batch, audit));
  await using judges = await judgesFor(batches, trust, options);
  const messages = new MessageWatch(placements, problems);
  const context = { batches, history, problems, keys, watch, judges, messages, pastHeads };
  const read = await checkRecords(clone, context);
  reportUnannounced(keys, trust, problems);
  const frontierFile = await readOne(clone, files, "frontier");
  checkTree({ ...heads, ...read, watch, frontierFile, problems });
  const { documents } = read;
  await checkFiles(clone, { files, history, problems, documents });
  if (isRewritten(problems)) return watch;

  await read.past.report(problems, () => leavesOf(clone, batches));
  if (isRewritten(problems)) return watch;

  if (heads.checkpoint !== null) pastHeads.report(problems);
  checkPastFiles({ files, history, problems, documents, keysets: keysetsByPath(trust, read) });
  return watch;
}

async function judgesFor(
  batches: readonly PlacedBatch[],
  trust: Trust,
  { openJudges }: VerifyOptions,
): Promise<Judges> {
  const { origin, repositories } = trust;
  const keys = [...everyKey(trust).values()].map(({ base64 }) => base64);
  const terms = { origin, repositories: [...repositories], keys };
  if (openJudges !== undefined) return openJudges(terms);
  const records = batches.reduce((sum, { count }) => sum + count, 0);
  if (records < WORTH_THREADS) return openJudgesHere(terms);
  // Built as a file of its own, beside which the thread's is.
  const { openJudgingThreads } = await import("./judging-threads.ts");
  return openJudgingThreads(terms);
}

/** Where the records are not those that were placed, nothing is gained by telling of each commit. */
function isRewritten(problems: Problems): boolean {
  return problems.has("RECORD_EDITED") || problems.has("TREE_MISMATCH") || problems.has("FORKED");
}

function keysetsByPath({ keysets }: Trust, { keysets: named }: ReadRecords) {
  return new Map(
    keysets.map(({ version, digest }) => [trustPath(version), named.get(digest)] as const),
  );
}

/** A keyset counts from its own record on; one that no record names was slipped in. */
function reportUnannounced(keys: KeysInForce, { keysets }: Trust, problems: Problems): void {
  for (const { version } of keysets.filter((keyset) => keyset.version > keys.version)) {
    problems.add("TRUST_INVALID", `trust/${version}.root.json`, "no record names it");
  }
}

function pinnedMark({ pin }: VerifyOptions): Mark | null {
  return pin === undefined ? null : { size: pin.size, root: pin.root, commit: null };
}

function verificationOf({ options, problems }: Audit, audited: Audited | null): Verification {
  const listed = problems.list();
  const ok = listed.length === 0;
  const { size, root } = audited?.heads.checkpoint ?? audited?.watch ?? { size: 0, root: "" };
  const pin = ok && audited !== null ? pinOf(audited.trust, size, root) : "";
  return { ok, size, root, pin, problems: listed, notCovered: boundsOf(options, audited) };
}

function pinOf({ origin, digest }: Trust, size: number, root: string): string {
  return formatPin({ origin, size, root, trustRoot: digest });
}

function boundsOf(
  { pin, repositoryId }: VerifyOptions,
  audited: Audited | null,
): readonly string[] {
  const keysets = audited?.trust.keysets ?? [];
  return notCovered({
    pinnedSize: pin?.size ?? null,
    checkpointKeys: keysets.at(-1)?.checkpointKeys.length ?? 0,
    keysets: keysets.length,
    repositoryGiven: repositoryId !== undefined,
  });
}
