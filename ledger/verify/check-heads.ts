import { LedgerError } from "../errors.ts";
import { openCheckpoint, parseCheckpoint, type Checkpoint } from "../format/checkpoint.ts";
import type { PublicKey } from "../format/keys.ts";
import type { Note } from "../format/note.ts";
import { revokedFrom, type Trust } from "./check-trust.ts";
import { commitName, type History, type PastCheckpoint } from "./history.ts";
import { mapAhead } from "./map-ahead.ts";
import type { Problems } from "./problems.ts";
import type { Mark } from "./root-watch.ts";

/** What a signed head is held against: the origin, and the keys that may sign one. */
export interface HeadKeys {
  readonly origin: string;
  /** Those of the keyset that holds now. */
  readonly now: readonly PublicKey[];
  /** Those of any version: the branch's earlier heads were signed by them. */
  readonly ever: readonly PublicKey[];
  /** For each revoked key (id) the first index that it may not vouch for. */
  readonly revokedFrom: ReadonlyMap<string, number>;
}

/** The keys that may sign, or may have signed, a head of a ledger that is trusted so. */
export function headKeys(trust: Trust): HeadKeys {
  return {
    origin: trust.origin,
    now: trust.keysets.at(-1)?.checkpointKeys ?? [],
    ever: trust.keysets.flatMap(({ checkpointKeys }) => checkpointKeys),
    revokedFrom: revokedFrom(trust),
  };
}

/** What a commit of the branch signed. */
export interface PastMark extends Mark {
  readonly commit: string;
}

/** The signed heads of a branch. */
export interface Heads {
  /** The one that stands now, null where none holds. */
  readonly checkpoint: Checkpoint | null;
  /** The earlier ones that were signed, one a commit that changed it, oldest first, then merged ones. */
  readonly past: readonly PastMark[];
}

/**
 * Opens the checkpoint and every one that the branch's history has.
 *
 * Reports CHECKPOINT_INVALID for the one that stands now; `bytes` is null where it cannot be read.
 * An earlier one that nobody signed proves nothing and is passed over: anyone who may push can have
 * put it there, and the commit that did is reported for its message.
 */
export async function checkHeads(
  bytes: Uint8Array | null,
  history: History,
  context: { readonly keys: HeadKeys; readonly problems: Problems },
): Promise<Heads> {
  const { keys, problems } = context;
  const opened = await openPast(history.checkpoints, keys);
  const merged = await openPast(history.merged, keys);
  const past = [...opened, ...merged].flatMap(({ mark }) => (mark === null ? [] : [mark]));
  if (bytes === null) return { checkpoint: null, past };
  try {
    const { checkpoint: claimed, note } = parseCheckpoint(bytes);
    const known = keys.now.filter(
      ({ id }) => claimed.size <= (keys.revokedFrom.get(id) ?? Infinity),
    );
    const checkpoint = await openCheckpoint(bytes, known, keys.origin);
    refuseMoreSignatures(note);
    return { checkpoint, past };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const since = sinceInvalid(opened);
    problems.add("CHECKPOINT_INVALID", "checkpoint", `it is refused: ${error.message}`, since);
    return { checkpoint: null, past };
  }
}

/** Reports TRUNCATED where a ledger of `size` is smaller than a pin or than its own history. */
export function checkSize(
  size: number,
  past: readonly PastMark[],
  context: { readonly pinned: Mark | null; readonly problems: Problems },
): void {
  const { pinned, problems } = context;
  if (pinned !== null && pinned.size > size) {
    const what = `it holds ${size} records, the pin says ${pinned.size}`;
    problems.add("TRUNCATED", "the pin", what, `index ${size}`);
  }
  const [largest] = past.toSorted((a, b) => b.size - a.size);
  if (largest === undefined || largest.size <= size) return;
  const what = `it holds ${size} records, the checkpoint of ${commitName(largest.commit)} signed ${largest.size}`;
  problems.add("TRUNCATED", "checkpoint", what, sinceSmaller(past, largest));
}

/** A writer signs once; lines of keys that nobody knows would be bytes that nothing accounts for. */
function refuseMoreSignatures({ signatures }: Note): void {
  if (signatures.length === 1) return;
  const what = `it carries ${signatures.length} signatures, and not one`;
  throw new LedgerError("CHECKPOINT_INVALID", what);
}

interface OpenedPast {
  readonly commit: string;
  readonly mark: PastMark | null;
}

const MOST_AT_ONCE = 64;

async function openPast(
  checkpoints: readonly PastCheckpoint[],
  keys: HeadKeys,
): Promise<readonly OpenedPast[]> {
  const opened: OpenedPast[] = [];
  const work = (past: PastCheckpoint) => openOne(past, keys);
  for await (const one of mapAhead(checkpoints, MOST_AT_ONCE, work)) opened.push(one);
  return opened;
}

async function openOne({ commit, bytes }: PastCheckpoint, keys: HeadKeys): Promise<OpenedPast> {
  if (bytes === null) return { commit, mark: null };
  try {
    const { size, root } = await openCheckpoint(bytes, keys.ever, keys.origin);
    refuseMoreSignatures(parseCheckpoint(bytes).note);
    return { commit, mark: { size, root, commit } };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { commit, mark: null };
  }
}

/** The commit that put the invalid checkpoint there: the first after the last one that held. */
function sinceInvalid(opened: readonly OpenedPast[]): string | null {
  const lastGood = opened.findLastIndex(({ mark }) => mark !== null);
  const first = opened[lastGood + 1];
  return first === undefined ? null : commitName(first.commit);
}

function sinceSmaller(past: readonly PastMark[], largest: PastMark): string | null {
  const later = past.slice(past.indexOf(largest) + 1).find(({ size }) => size < largest.size);
  return later === undefined ? null : commitName(later.commit);
}
