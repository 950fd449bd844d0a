import { isJsonObject } from "../format/canonical.ts";
import type { OpenedEnvelope } from "../format/envelope.ts";
import { subjectOf, type Statement } from "../format/statement.ts";
import { predicateSchema, trustPredicate, type VerdictPredicate } from "../predicates.ts";
import { verdictFault } from "./check-verdict.ts";
import type { KeysInForce } from "./keys-in-force.ts";
import type { JudgedLine } from "./lines.ts";
import type { Problems } from "./problems.ts";

/** What a record is held against. */
export interface RecordContext {
  readonly origin: string;
  /** The repositories (ids) that this ledger is for. */
  readonly repositories: ReadonlySet<string>;
  readonly keys: KeysInForce;
  readonly problems: Problems;
  /** `commit 1f2e3d4, index 12` of a line. */
  since(line: JudgedLine): string;
}

/**
 * Holds a record whose form and signature stand against its kind, its key's powers at its index,
 * and the ledger that it is in.
 *
 * Reports KIND_MISMATCH, KEY_OUT_OF_SCOPE, KEY_OUT_OF_RANGE, KEY_REVOKED, FOREIGN_RECORD, and for a
 * `trust` record that names another keyset than the next one TRUST_ROLLBACK or TRUST_INVALID.
 */
export function checkRecord(line: JudgedLine, context: RecordContext): void {
  const { opened, index, place } = line;
  if (opened === null) return;
  const { problems, keys } = context;
  const since = context.since(line);

  const kindFault = kindFaultOf(opened, index);
  if (kindFault !== null) problems.add("KIND_MISMATCH", place, kindFault, since);
  if (opened.kind === "trust") followTrust(line, context);

  const keyFault = keys.fault(opened.keyid, opened.kind, index);
  if (keyFault !== null) problems.add(keyFault.code, place, keyFault.what, since);

  const foreign = foreignnessOf(line, context);
  if (foreign !== null) problems.add("FOREIGN_RECORD", place, foreign, since);
}

function kindFaultOf({ kind, statement }: OpenedEnvelope, index: number): string | null {
  if (index === 0 && kind !== "trust") return `record 0 is of kind ${kind}, not trust`;
  const read = predicateSchema(kind).safeParse(statement.predicate);
  if (!read.success) {
    return `its predicate is none of kind ${kind}: ${read.error.issues[0]?.path.join(".") ?? ""}`;
  }
  if (kind === "verdict") return verdictFault(statement, read.data as VerdictPredicate);
  return kind === "execution" ? executionFault(statement) : null;
}

/** A lineage goes by the verdict that it names, a log by its subject: it has one, and no other. */
function executionFault(statement: Statement): string | null {
  const { commit, tree } = subjectOf(statement);
  const isWhole = commit !== null && tree !== null && statement.subject.length === 2;
  return isWhole ? null : "its subject is not one commit and its tree";
}

/** Record 0 names version 1, each further trust record the version after the one that holds. */
function followTrust(line: JudgedLine, context: RecordContext): void {
  const { index, place, opened } = line;
  const predicate = trustPredicate.safeParse(opened?.statement.predicate);
  if (!predicate.success) return;
  const digest = predicate.data.root;
  const since = context.since(line);
  const { keys, problems } = context;
  if (index === 0) {
    if (keys.isFirst(digest)) return;
    const what = "record 0 names another keyset than trust/1.root.json";
    problems.add("TRUST_INVALID", "trust/1.root.json", what, since);
    return;
  }
  const followed = keys.follow(digest);
  if (followed === "older") {
    problems.add("TRUST_ROLLBACK", place, "it puts an older keyset back", since);
  } else if (followed === "unknown") {
    const what = `it names the keyset after version ${keys.version}, and the ledger has no such file`;
    problems.add("TRUST_ROLLBACK", place, what, since);
  }
}

function foreignnessOf(
  { opened }: JudgedLine,
  { origin, repositories }: RecordContext,
): string | null {
  if (opened === null) return null;
  if (opened.statement.predicate.ledger !== origin) return `it names another ledger than ${origin}`;
  const repository = opened.statement.predicate["repository"];
  const id = isJsonObject(repository) ? (repository["id"] ?? null) : null;
  // A host that knows no ids records none; the ledger's name above binds such a record.
  if (id === null || (typeof id === "string" && repositories.has(id))) return null;
  return `it is about repository ${JSON.stringify(id)}, which this ledger is not for`;
}
