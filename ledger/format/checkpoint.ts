import { LedgerError } from "../errors.ts";
import { fromBase64 } from "./base64.ts";
import type { PublicKey, SigningKey } from "./keys.ts";
import { parseNote, signNote, verifyNote, type Note } from "./note.ts";
import { DIGEST_BYTES } from "./tree.ts";

/** A tree head: how many leaves, and their RFC 6962 root in base64. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
}

/** A checkpoint as it claims to be, with the note that its signatures stand in. */
export interface ClaimedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly note: Note;
}

const NOTE_TEXT = /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/=]{44})\n$/;

/**
 * Signs a checkpoint as a note whose key name is the origin; c2sp.org/tlog-checkpoint.
 *
 * ```
 * bailiff.dev/ledger/0f1e2d3c4b5a69788796a5b4c3d2e1f0
 * 42
 * CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *
 * — bailiff.dev/ledger/0f1e2d3c4b5a69788796a5b4c3d2e1f0 Az3grlgt…
 * ```
 */
export function signCheckpoint(checkpoint: Checkpoint, key: SigningKey): Uint8Array {
  const { origin, size, root } = checkpoint;
  return signNote(`${origin}\n${size}\n${root}\n`, origin, key);
}

/**
 * Opens the checkpoint of `origin`, signed by at least one of `keys`.
 *
 * Throws CHECKPOINT_INVALID for another form, another origin, or a signature that is missing or fails.
 */
export async function openCheckpoint(
  bytes: Uint8Array,
  keys: readonly PublicKey[],
  origin: string,
): Promise<Checkpoint> {
  const { checkpoint, note } = parseCheckpoint(bytes);
  if (checkpoint.origin !== origin) {
    throw invalid(`its origin is not ${origin}`);
  }
  await verifyNote(
    note,
    keys.map((key) => ({ name: origin, key })),
  );
  return checkpoint;
}

/** Reads what a checkpoint claims and verifies no signature; throws CHECKPOINT_INVALID for another form. */
export function parseCheckpoint(bytes: Uint8Array): ClaimedCheckpoint {
  const note = parseNote(bytes);
  const [, origin = "", digits, root = ""] = NOTE_TEXT.exec(note.text) ?? [];
  const size = Number(digits);
  if (!Number.isSafeInteger(size) || fromBase64(root)?.length !== DIGEST_BYTES) {
    throw invalid("not the three lines origin, size and root");
  }
  return { checkpoint: { origin, size, root }, note };
}

function invalid(what: string): LedgerError {
  return new LedgerError("CHECKPOINT_INVALID", `checkpoint: ${what}`);
}
