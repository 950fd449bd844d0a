import { LedgerError } from "../errors.ts";
import { fromBase64 } from "../format/base64.ts";
import { envelopeHolds, openEnvelope, type OpenedEnvelope } from "../format/envelope.ts";
import type { PublicKey } from "../format/keys.ts";
import { recordLeaf } from "../format/leaf.ts";
import { kindOfPredicateType } from "../format/statement.ts";
import type { Digest } from "../format/tree.ts";

/** A line's form and signature, judged on their own. */
export interface OpenedLine {
  readonly leaf: Digest;
  /** null where it has not a record's form. */
  readonly opened: OpenedEnvelope | null;
  readonly fault: LineFault | null;
}

export interface LineFault {
  readonly code: "NOT_CANONICAL" | "KEY_UNKNOWN" | "SIGNATURE_INVALID";
  readonly what: string;
}

/** Opens a line (without its newline) and verifies its signature under the key that it names. */
export function judgeLine(line: Uint8Array, keys: ReadonlyMap<string, PublicKey>): OpenedLine {
  const opened = openedOrFault(line);
  if ("code" in opened) {
    return { leaf: claimedLeaf(line), opened: null, fault: opened };
  }
  return { leaf: recordLeaf(opened.kind, line), opened, fault: signatureFault(opened, keys) };
}

/** The leaf of a line (without its newline) under the kind that it claims; nothing else of it is looked at. */
export function claimedLeaf(line: Uint8Array): Digest {
  return recordLeaf(claimedKind(line), line);
}

function openedOrFault(line: Uint8Array): OpenedEnvelope | LineFault {
  try {
    return openEnvelope(line);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { code: "NOT_CANONICAL", what: `the record's form is refused: ${error.message}` };
  }
}

function signatureFault(
  opened: OpenedEnvelope,
  keys: ReadonlyMap<string, PublicKey>,
): LineFault | null {
  const key = keys.get(opened.keyid);
  if (key === undefined) {
    const what = `the record is signed by key ${opened.keyid}, which no keyset has`;
    return { code: "KEY_UNKNOWN", what };
  }
  if (envelopeHolds(opened, key)) return null;
  return { code: "SIGNATURE_INVALID", what: "the record's signature does not hold" };
}

/**
 * The kind under which a line that is refused may still stand in the tree: a writer who signs
 * another spelling shall be told so, not that somebody edited it.
 */
function claimedKind(line: Uint8Array): string {
  try {
    const { payload } = JSON.parse(new TextDecoder().decode(line)) as { payload: string };
    const statement = new TextDecoder().decode(fromBase64(payload) ?? new Uint8Array(0));
    const { predicateType } = JSON.parse(statement) as { predicateType: string };
    return kindOfPredicateType(predicateType) ?? "verdict";
  } catch {
    return "verdict";
  }
}
