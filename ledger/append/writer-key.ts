import { LedgerError } from "../errors.ts";
import type { SigningKey } from "../format/keys.ts";
import type { TrustRoot } from "../format/trust-root.ts";
import type { Head } from "./head.ts";

/**
 * Refuses a key that may not write the next record and head.
 *
 * Throws KEY_UNKNOWN, KEY_OUT_OF_SCOPE, KEY_REVOKED.
 */
export function refuseUnfitKey({ trust, checkpoint }: Head, key: SigningKey): void {
  const { id } = key.public;
  const { records, checkpoint: heads } = trust.document.roles;
  if (!trust.keys.has(id)) {
    throw new LedgerError("KEY_UNKNOWN", `the ledger's trust root does not name key ${id}`);
  }
  if (!records.keys.includes(id) || !heads.keys.includes(id)) {
    throw new LedgerError("KEY_OUT_OF_SCOPE", `key ${id} lacks the role records or checkpoint`);
  }
  if (isRevoked(trust, id, checkpoint.size)) {
    throw new LedgerError("KEY_REVOKED", `key ${id} is revoked`);
  }
}

/** Whether a key may have signed a record of this kind at this index. */
export function maySign(trust: TrustRoot, id: string, record: { kind: string; index: number }) {
  const { roles, keys } = trust.document;
  return (
    roles.records.keys.includes(id) &&
    keys[id]?.kinds.includes(record.kind) === true &&
    !isRevoked(trust, id, record.index)
  );
}

function isRevoked({ document }: TrustRoot, id: string, index: number): boolean {
  return document.revocations.some(({ key, from }) => key === id && from <= index);
}
