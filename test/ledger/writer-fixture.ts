import { statementOf } from "../../ledger/append/drafts.ts";
import { placeBatch, signPlacement } from "../../ledger/append/placement.ts";
import {
  parseTrustRoot,
  trustRootDigest,
  writeTrustRoot,
  type TrustRootDocument,
} from "../../ledger/format/trust-root.ts";
import type { DurableFiles } from "../../ledger/append/durable-files.ts";
import { readBatches } from "../../ledger/append/batches.ts";
import type { Lock } from "../../ledger/append/lock.ts";
import type { LedgerBranch } from "../../ledger/branch.ts";
import { toBase64 } from "../../ledger/format/base64.ts";
import { parseCheckpoint } from "../../ledger/format/checkpoint.ts";
import { openEnvelope, signEnvelope } from "../../ledger/format/envelope.ts";
import { formatFrontier, parseFrontier } from "../../ledger/format/frontier-file.ts";
import { generateSigningKey, type SigningKey } from "../../ledger/format/keys.ts";
import { recordLeaf } from "../../ledger/format/leaf.ts";
import { parsePin, type Pin } from "../../ledger/format/pin.ts";
import { emptyRoot, Frontier } from "../../ledger/format/tree.ts";
import { createGenesis, initLedger } from "../../ledger/genesis.ts";
import type { RecordDraft } from "../../ledger/record.ts";
import { Sequencer } from "../../ledger/sequencer.ts";
import type { Statement } from "../../ledger/format/statement.ts";
import { FakeBranch } from "./fake-branch.ts";
import { memoryFiles } from "./memory-files.ts";
import {
  digestOf,
  DOCUMENT,
  objectIdOf,
  ORIGIN,
  REPOSITORY_ID,
  verdictPredicateOf,
  type VerdictFixture,
} from "./verdict-fixture.ts";

export const WRITER_KEY = generateSigningKey().key;

/** Everything that `verdictDraft` names. */
export const DOCUMENTS = new Map([[digestOf(DOCUMENT), new TextEncoder().encode(DOCUMENT)]]);

/** Lets everybody work: for writers that are alone. */
const noLock: Lock = { hold: (work) => work() };

/** The draft of a verdict, as `maestro/` puts it together. */
export function verdictDraft(fixture: VerdictFixture = {}): RecordDraft {
  const head = fixture.head ?? objectIdOf("head");
  const members = Object.entries(verdictPredicateOf(fixture));
  return {
    kind: "verdict",
    subject: { commit: head, tree: objectIdOf(`${head} tree`) },
    observed: { size: 0, root: toBase64(emptyRoot()) },
    predicate: Object.fromEntries(members.filter(([name]) => !ADDED_LATER.includes(name))),
  };
}

/** What the sequencer adds. */
const ADDED_LATER = ["id", "ledger", "observed", "supersedes"];

/** A new ledger on a branch in memory. */
export async function newLedger(): Promise<{ branch: FakeBranch; pin: Pin }> {
  const branch = new FakeBranch();
  const at = new Date("2026-01-02T03:04:05Z");
  const pin = await initLedger(branch, { key: WRITER_KEY, repositories: [REPOSITORY_ID], at });
  return { branch, pin: parsePin(pin) };
}

/** A ledger under a first keyset of its own, which `signers` signed; WRITER_KEY signed its head. */
export function ledgerUnder(
  change: (root: TrustRootDocument) => TrustRootDocument,
  signers: readonly SigningKey[] = [WRITER_KEY],
): { branch: FakeBranch; pin: Pin } {
  const genesis = createGenesis({
    ...{ key: WRITER_KEY, repositories: [REPOSITORY_ID], origin: ORIGIN, id: "record-0" },
    at: new Date("2026-01-02T03:04:05Z"),
  });
  const branch = new FakeBranch();
  branch.put(genesis.files, genesis.message);
  const { document } = parseTrustRoot(branch.file("trust/1.root.json"));
  const keyset = writeTrustRoot(change(document), signers);
  branch.put(new Map([["trust/1.root.json", keyset]]));
  return { branch, pin: { ...parsePin(genesis.pin), trustRoot: trustRootDigest(keyset) } };
}

/** Places lines at the end as whoever holds the checkpoint key can, whatever they are. */
export function placeByHand(branch: FakeBranch, lines: readonly Uint8Array[]): void {
  const { origin, size } = parseCheckpoint(branch.file("checkpoint")).checkpoint;
  const base = parseFrontier(branch.file("frontier"), size);
  const placement = placeBatch(origin, base, { lines, documents: DOCUMENTS });
  branch.put(signPlacement(placement, WRITER_KEY), placement.message);
}

/** The line that a draft becomes under `key`. */
export function lineOf(draft: RecordDraft, ledger: string, key: SigningKey): Uint8Array {
  return signEnvelope(statementOf(draft, { id: "by-hand", ledger, supersedes: null }), key);
}

/** A writer of the ledger that `pin` is of; everything else may be replaced. */
export function writerOf(
  { branch, pin }: { branch: LedgerBranch; pin: Pin },
  parts: {
    files?: DurableFiles;
    key?: SigningKey;
    repositoryId?: string;
    root?: string;
    pause?: (ms: number) => Promise<void>;
  } = {},
): Sequencer {
  const { files = memoryFiles(), key = WRITER_KEY, repositoryId = REPOSITORY_ID } = parts;
  let made = 0;
  return new Sequencer({
    ...{ branch, key, files },
    expected: { root: parts.root ?? pin.trustRoot, repositoryId },
    lock: noLock,
    randomId: () => `id-${++made}`,
    pause: parts.pause ?? (() => Promise.resolve()),
  });
}

/** Reads a ledger from its first record on and proves that it is whole; gives its statements. */
export async function soundRecords(branch: LedgerBranch): Promise<readonly Statement[]> {
  const tip = await branch.tip();
  const bytes = await tip?.read("checkpoint");
  if (tip === null || bytes == null) throw new Error("no ledger");
  const { size, root } = parseCheckpoint(bytes).checkpoint;

  const statements: Statement[] = [];
  const frontier = new Frontier();
  for await (const { lines } of readBatches(tip, 0, size)) {
    for (const line of lines) {
      const { kind, statement } = openEnvelope(line);
      frontier.append(recordLeaf(kind, line));
      statements.push(statement);
    }
  }
  const file = await tip.read("frontier");
  if (toBase64(frontier.root()) !== root) throw new Error("the records do not give the root");
  if (!Buffer.from(formatFrontier(frontier)).equals(file ?? Buffer.of())) {
    throw new Error("the frontier is not the tree's");
  }
  return statements;
}
