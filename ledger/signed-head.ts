import type { LedgerClone } from "./branch.ts";
import { LedgerError } from "./errors.ts";
import { toBase64 } from "./format/base64.ts";
import type { Checkpoint } from "./format/checkpoint.ts";
import { LEDGER_FILES } from "./format/ledger-files.ts";
import { Frontier } from "./format/tree.ts";
import { batchesOf } from "./replay.ts";
import { checkHeads, headKeys } from "./verify/check-heads.ts";
import { checkTrust } from "./verify/check-trust.ts";
import { NO_HISTORY } from "./verify/history.ts";
import { leavesOf } from "./verify/leaves.ts";
import { Problems } from "./verify/problems.ts";
import { readOne, sortFiles } from "./verify/tree-files.ts";

/** A branch's signed note, its exact bytes, and what it says. */
export interface SignedHead {
  readonly bytes: Uint8Array;
  readonly checkpoint: Checkpoint;
}

/**
 * The head of a branch, opened under the keysets that the branch itself has.
 *
 * Throws CHECKPOINT_INVALID where it is not there, not of its form, or signed by no key that may, and
 * what `checkTrust` reports of the keysets. Whether they are the ones that were published, only a
 * verification with a pin tells.
 */
export async function signedHead(clone: LedgerClone): Promise<SignedHead> {
  const files = sortFiles(await clone.files());
  const bytes = await readOne(clone, files, "checkpoint");
  if (bytes === null) {
    throw new LedgerError("CHECKPOINT_INVALID", `${LEDGER_FILES.checkpoint}: it is not there`);
  }
  const problems = new Problems();
  const trust = await checkTrust(clone, { files, history: NO_HISTORY, problems });
  const heads = trust && (await checkHeads(bytes, NO_HISTORY, { keys: headKeys(trust), problems }));
  const [first] = problems.list();
  if (first !== undefined) throw new LedgerError(first.code, `${first.place}: ${first.message}`);
  if (heads?.checkpoint == null) throw new Error("a head does not hold, and nothing says why");
  return { bytes, checkpoint: heads.checkpoint };
}

/**
 * Refuses a branch whose records are not exactly those of its signed head; returns that head.
 *
 * Whoever shows records asks this first: what was edited, put in or laid behind the head is then told
 * nowhere. The signatures of the records are not looked at. Throws what `signedHead` throws,
 * TREE_MISMATCH, and NOT_CANONICAL or TOO_LARGE for a batch that does not come apart.
 */
export async function refuseUnsigned(clone: LedgerClone): Promise<Checkpoint> {
  const { checkpoint } = await signedHead(clone);
  const { size, root } = checkpoint;
  const tree = new Frontier();
  for await (const leaf of leavesOf(clone, batchesOf(await clone.files()))) tree.append(leaf);
  if (tree.size !== size) {
    const what = `records: they are ${tree.size}, the signed head says ${size}`;
    throw new LedgerError("TREE_MISMATCH", what);
  }
  if (toBase64(tree.root()) === root) return checkpoint;
  throw new LedgerError("TREE_MISMATCH", "records: they do not give the root of the signed head");
}
