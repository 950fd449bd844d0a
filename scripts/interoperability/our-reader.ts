import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openExportFolder } from "../../cli/export-folder.ts";
import { LedgerError } from "../../ledger/errors.ts";
import { rangeRoots } from "../../ledger/export/range-roots.ts";
import { checkTiledLog, readEntries } from "../../ledger/export/tiled-log.ts";
import { fromBase64, toBase64 } from "../../ledger/format/base64.ts";
import { openCheckpoint, type Checkpoint } from "../../ledger/format/checkpoint.ts";
import { parsePublicKey } from "../../ledger/format/keys.ts";
import { consistencyRanges, verifyConsistency } from "../../ledger/format/proof.ts";

/** Opens a log's checkpoint with its verifier key, and holds all its tiles and bundles against it. */
export async function checkTheirs(folder: string, verifierKey: string): Promise<Checkpoint> {
  const head = await openTheirs(folder, verifierKey);
  await checkTiledLog(openExportFolder(folder), head);
  return head;
}

/** Whether we refuse a log. Anything but a refusal is thrown. */
export async function refuses(folder: string, verifierKey: string): Promise<boolean> {
  try {
    await checkTheirs(folder, verifierKey);
    return false;
  } catch (error) {
    if (error instanceof LedgerError) return true;
    throw error;
  }
}

/** Whether the log in `folder` begins with all of the log whose head is `from`. */
export async function isContinued(
  from: Checkpoint,
  to: Checkpoint,
  folder: string,
): Promise<boolean> {
  const entries = readEntries(openExportFolder(folder), to.size);
  const proof = await rangeRoots(consistencyRanges(from.size, to.size), entries);
  return verifyConsistency({ from: headOf(from), to: headOf(to), proof });
}

/** `name+hash+base64`: the base64 is of 0x01 and 32 key bytes, and may hold a plus itself. */
function openTheirs(folder: string, verifierKey: string): Promise<Checkpoint> {
  const [name = "", , ...rest] = verifierKey.split("+");
  const raw = Buffer.from(rest.join("+"), "base64").subarray(1);
  const key = parsePublicKey(toBase64(raw));
  return readFile(join(folder, "checkpoint")).then((bytes) => openCheckpoint(bytes, [key], name));
}

function headOf({ size, root }: Checkpoint) {
  return { size, root: fromBase64(root) ?? new Uint8Array(0) };
}
