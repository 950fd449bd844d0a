import { LedgerError } from "../errors.ts";
import type { JsonObject, JsonValue } from "../format/canonical.ts";
import {
  commitSubjects,
  predicateType,
  readStatement,
  STATEMENT_TYPE,
  type Statement,
} from "../format/statement.ts";
import { RECORD_KINDS, type RecordDraft } from "../record.ts";

/** What the sequencer adds to a draft. `supersedes` is the leaf (hex) of the latest such record. */
export interface RecordIdentity {
  readonly id: string;
  readonly ledger: string;
  readonly supersedes: string | null;
}

/**
 * The statement that a draft becomes; only verdicts say what they supersede.
 *
 * Throws DRAFT_INVALID for a kind, subject or common member that is not of its form.
 */
export function statementOf(draft: RecordDraft, identity: RecordIdentity): Statement {
  const { kind, subject, observed, predicate } = draft;
  if (!RECORD_KINDS.includes(kind)) {
    throw new LedgerError("DRAFT_INVALID", "a draft of an unknown kind");
  }
  const { id, ledger, supersedes } = identity;
  const ordered = kind === "verdict" ? { supersedes } : {};
  const members = { ...predicate, observed: { ...observed }, id, ledger, ...ordered };
  return accepted({
    _type: STATEMENT_TYPE,
    subject: commitSubjects(subject) as unknown as JsonValue,
    predicateType: predicateType(kind),
    predicate: members,
  });
}

function accepted(value: JsonObject): Statement {
  try {
    return readStatement(value);
  } catch (cause) {
    throw new LedgerError("DRAFT_INVALID", (cause as Error).message, { cause });
  }
}
