import type { LedgerBranch, Tip } from "../branch.ts";
import { LedgerError } from "../errors.ts";
import { toBase64 } from "../format/base64.ts";
import { openCheckpoint, type Checkpoint } from "../format/checkpoint.ts";
import { parseFrontier } from "../format/frontier-file.ts";
import { LEDGER_FILES, TRUST_FOLDER, trustPath } from "../format/ledger-files.ts";
import { formatPin } from "../format/pin.ts";
import type { Frontier } from "../format/tree.ts";
import {
  parseTrustRoot,
  trustRootDigest,
  verifyTrustRoot,
  type TrustRoot,
} from "../format/trust-root.ts";

/** Which ledger a writer was set up for. `root` is the sha256 (hex) of `trust/1.root.json`. */
export interface ExpectedLedger {
  readonly root: string;
  readonly repositoryId: string;
}

/** A branch's signed head: the checkpoint's signature holds, and the frontier folds to its root. */
export interface Head {
  readonly tip: Tip;
  readonly trust: TrustRoot;
  readonly checkpoint: Checkpoint;
  readonly frontier: Frontier;
}

/**
 * Reads the branch's head and judges it by its content alone.
 *
 * Throws LEDGER_ABSENT without a branch, NOT_A_LEDGER where it is something else, ROOT_UNTRUSTED for
 * another root than the expected one, TRUST_INVALID, FOREIGN_REPOSITORY, FILE_MISSING,
 * CHECKPOINT_INVALID, TREE_MISMATCH.
 */
export async function readHead(branch: LedgerBranch, expected: ExpectedLedger): Promise<Head> {
  const tip = await branch.tip();
  if (tip === null) {
    throw new LedgerError("LEDGER_ABSENT", "there is no ledger branch");
  }
  const trust = await readTrust(tip, expected);
  const checkpoint = await openCheckpoint(
    await readFile(tip, LEDGER_FILES.checkpoint),
    checkpointKeys(trust),
    trust.document.origin,
  );
  const frontier = parseFrontier(await readFile(tip, LEDGER_FILES.frontier), checkpoint.size);
  if (toBase64(frontier.root()) !== checkpoint.root) {
    throw new LedgerError("TREE_MISMATCH", "frontier: it does not fold to the signed root");
  }
  return { tip, trust, checkpoint, frontier };
}

/** What an auditor pins of this head. */
export function pinOf({ origin, size, root }: Checkpoint, expected: ExpectedLedger): string {
  return formatPin({ origin, size, root, trustRoot: expected.root });
}

async function readTrust(tip: Tip, expected: ExpectedLedger): Promise<TrustRoot> {
  const bytes = await tip.read(trustPath(1));
  if (bytes === null) {
    throw new LedgerError("NOT_A_LEDGER", `the branch has no ${trustPath(1)}`);
  }
  if (trustRootDigest(bytes) !== expected.root) {
    throw new LedgerError(
      "ROOT_UNTRUSTED",
      `${trustPath(1)} has the sha256 ${trustRootDigest(bytes)}, not ${expected.root}`,
    );
  }
  await refuseLaterKeysets(tip);
  const trust = parseTrustRoot(bytes);
  await verifyTrustRoot(trust);
  if (!trust.document.repositories.includes(expected.repositoryId)) {
    const { repositoryId } = expected;
    throw new LedgerError("FOREIGN_REPOSITORY", `the ledger is not for repository ${repositoryId}`);
  }
  return trust;
}

/** Signing under version 1 what a later version may have revoked would be worse than stopping. */
async function refuseLaterKeysets(tip: Tip): Promise<void> {
  const names = await tip.list(TRUST_FOLDER);
  const others = names.filter((name) => `${TRUST_FOLDER}/${name}` !== trustPath(1));
  if (others.length > 0) {
    throw new LedgerError(
      "TRUST_INVALID",
      "the ledger has keysets that this version cannot follow",
    );
  }
}

function checkpointKeys({ document, keys }: TrustRoot) {
  return document.roles.checkpoint.keys.flatMap((id) => keys.get(id) ?? []);
}

async function readFile(tip: Tip, path: string): Promise<Uint8Array> {
  const bytes = await tip.read(path);
  if (bytes === null) {
    throw new LedgerError("FILE_MISSING", `the ledger branch has no ${path}`);
  }
  return bytes;
}
