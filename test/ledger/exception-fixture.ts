import type { JsonObject } from "../../ledger/format/canonical.ts";
import type { RecordDraft } from "../../ledger/record.ts";
import { REPOSITORY_ID } from "./verdict-fixture.ts";
import { verdictDraft } from "./writer-fixture.ts";

const ann = { login: "ann", proven: false, via: [] };
const repository = { id: REPOSITORY_ID };
const at = "2026-01-02T03:04:05Z";

/** What a grant says, less what a writer adds; `more` replaces parts of it. */
export function grantOf(more: JsonObject = {}): JsonObject {
  return {
    ...{ act: "grant", at, repository, policyId: "new-permissions", document: "a".repeat(64) },
    ...{ findings: ["b".repeat(64)], owner: "bo", reason: "until the release is split" },
    ...{ expires: "2026-01-31T00:00:00Z", grantedBy: ann, ...more },
  };
}

export function revocationOf(leaf: string): JsonObject {
  return { act: "revoke", at, repository, revokes: leaf, reason: "done", revokedBy: ann };
}

export function overrideOf(more: JsonObject = {}): JsonObject {
  return {
    ...{ type: "override", at, repository, by: ann, reason: "production is down" },
    ...{ policyIds: ["new-permissions"], reasonsCount: 1, ...more },
  };
}

export function reviewOf(leaf: string, login = "bo"): JsonObject {
  const by = { ...ann, login };
  return { type: "review", at, repository, closes: leaf, by, reason: "it was down" };
}

/** The draft of such a record, about the commit that verdicts of the fixture are about. */
export function exceptionDraft(kind: "waiver" | "incident", predicate: JsonObject): RecordDraft {
  const { subject, observed } = verdictDraft();
  return { kind, subject, observed, predicate };
}
