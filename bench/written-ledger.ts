import { spawn } from "node:child_process";
import { once } from "node:events";
import { openLedgerBranch } from "../git/ledger-branch.ts";
import { LEDGER_REF } from "../git/ledger-tip.ts";
import { statementOf } from "../ledger/append/drafts.ts";
import { placeBatch, signPlacement } from "../ledger/append/placement.ts";
import { parseCheckpoint } from "../ledger/format/checkpoint.ts";
import { signEnvelope } from "../ledger/format/envelope.ts";
import { parseFrontier } from "../ledger/format/frontier-file.ts";
import type { SigningKey } from "../ledger/format/keys.ts";
import { LEDGER_FILES } from "../ledger/format/ledger-files.ts";
import type { Frontier } from "../ledger/format/tree.ts";
import { initLedger } from "../ledger/genesis.ts";
import type { RecordDraft } from "../ledger/record.ts";
import {
  digestOf,
  DOCUMENT,
  objectIdOf,
  REPOSITORY_ID,
  verdictPredicateOf,
} from "../test/ledger/verdict-fixture.ts";

/** The policy document that every draft names. */
export const DOCUMENTS = new Map([[digestOf(DOCUMENT), new TextEncoder().encode(DOCUMENT)]]);
/** What the format's own measurements were made with. */
export const BATCH = 25;

/** A verdict about pull request `number`, about 3 KB as a line. */
export function draftOf(number: number): RecordDraft {
  const head = objectIdOf(`head ${number}`);
  const placed = new Set(["id", "ledger", "supersedes", "observed"]);
  const predicate = Object.fromEntries(
    Object.entries(verdictPredicateOf({ number, head })).filter(([name]) => !placed.has(name)),
  );
  return {
    kind: "verdict",
    subject: { commit: head, tree: objectIdOf(`${head} tree`) },
    observed: { size: 0, root: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" },
    predicate,
  };
}

/**
 * Begins a ledger in a bare repository and writes it up to `size` records, as its writer would, in
 * one `git fast-import`: through the writer itself a million records take hours.
 */
export async function writeLedger(
  repository: string,
  key: SigningKey,
  size: number,
): Promise<void> {
  const genesis = await beginLedger(repository, key);
  const git = spawn("git", ["fast-import", "--quiet"], {
    cwd: repository,
    stdio: ["pipe", "inherit", "inherit"],
  });
  const ended = once(git, "close");
  for (const commit of commitsUpTo(size, genesis, key)) {
    if (!git.stdin.write(commit)) await once(git.stdin, "drain");
  }
  git.stdin.end();
  const [status] = (await ended) as [number | null];
  if (status !== 0) throw new Error(`git fast-import ended with ${status ?? "a signal"}`);
}

interface Genesis {
  readonly commit: string;
  readonly origin: string;
  readonly frontier: Frontier;
}

async function beginLedger(repository: string, key: SigningKey): Promise<Genesis> {
  await using branch = await openLedgerBranch({ repository });
  await initLedger(branch, { key, repositories: [REPOSITORY_ID], at: new Date() });
  const tip = await branch.tip();
  const checkpoint = await tip?.read(LEDGER_FILES.checkpoint);
  const frontier = await tip?.read(LEDGER_FILES.frontier);
  if (!tip || !checkpoint || !frontier) throw new Error("the ledger did not begin");
  const { origin } = parseCheckpoint(checkpoint).checkpoint;
  return { commit: tip.commit, origin, frontier: parseFrontier(frontier, 1) };
}

function* commitsUpTo(size: number, genesis: Genesis, key: SigningKey): Generator<Buffer> {
  let { frontier } = genesis;
  for (let from = `from ${genesis.commit}\n`; frontier.size < size; from = "") {
    const lines = linesAt(frontier.size, Math.min(BATCH, size - frontier.size), genesis, key);
    const documents = from === "" ? new Map<string, Uint8Array>() : DOCUMENTS;
    const placement = placeBatch(genesis.origin, frontier, { lines, documents });
    const files = signPlacement(placement, key);
    yield commitOf(from, files, placement.message);
    const peaks = files.get(LEDGER_FILES.frontier) ?? new Uint8Array(0);
    frontier = parseFrontier(peaks, placement.checkpoint.size);
  }
}

function linesAt(first: number, count: number, { origin }: Genesis, key: SigningKey) {
  return Array.from({ length: count }, (_, offset) => {
    const number = first + offset;
    const identity = { id: objectIdOf(`record ${number}`), ledger: origin, supersedes: null };
    return signEnvelope(statementOf(draftOf(number), identity), key);
  });
}

/** One commit as `git fast-import` reads it. */
function commitOf(from: string, files: ReadonlyMap<string, Uint8Array>, message: string): Buffer {
  const head = `commit ${LEDGER_REF}\ncommitter Bench <bench@example.invalid> 1700000000 +0000\n`;
  return Buffer.concat([
    Buffer.from(head),
    ...data(Buffer.from(message)),
    Buffer.from(from),
    ...[...files].flatMap(([path, bytes]) => [
      Buffer.from(`M 100644 inline ${path}\n`),
      ...data(bytes),
    ]),
  ]);
}

function data(bytes: Uint8Array): Uint8Array[] {
  return [Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from("\n")];
}
