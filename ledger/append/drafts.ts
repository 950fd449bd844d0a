import { hash } from "node:crypto";
import { LedgerError } from "../errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../format/canonical.ts";
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

/** The policy documents (sha256, hex) that a predicate names under `policies`. */
export function documentsNamed(predicate: JsonObject): readonly string[] {
  const policies = predicate["policies"];
  if (!Array.isArray(policies)) return [];
  return (policies as readonly JsonValue[]).flatMap((policy) => {
    const digest = isJsonObject(policy) ? policy["digest"] : null;
    return typeof digest === "string" ? [digest] : [];
  });
}

/** Refuses documents that are not what they are called: throws DRAFT_INVALID. */
export function refuseMisnamed(documents: ReadonlyMap<string, Uint8Array>): void {
  for (const [digest, bytes] of documents) {
    if (hash("sha256", bytes, "hex") !== digest) {
      throw new LedgerError("DRAFT_INVALID", "a policy document under another digest than its own");
    }
  }
}

function accepted(value: JsonObject): Statement {
  try {
    return readStatement(value);
  } catch (cause) {
    throw new LedgerError("DRAFT_INVALID", (cause as Error).message, { cause });
  }
}
