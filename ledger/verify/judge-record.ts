import { documentsNamed } from "../append/documents.ts";
import { isJsonObject, type JsonObject } from "../format/canonical.ts";
import type { OpenedEnvelope } from "../format/envelope.ts";
import { subjectOf, type Statement } from "../format/statement.ts";
import { predicateSchema, type VerdictPredicate } from "../predicates.ts";
import { verdictFault } from "./check-verdict.ts";

/** A record on its own: what is wrong about it wherever it stands, and what it names. */
export interface JudgedRecord {
  readonly kind: string;
  /** The key that it is signed by. */
  readonly keyid: string;
  /** Why it is not what its kind says, null where it is. */
  readonly kindFault: string | null;
  /** Why it belongs to another ledger or repository, null where it does not. */
  readonly foreign: string | null;
  /** The policy documents (sha256, hex) that it names. */
  readonly documents: readonly string[];
  /** The keyset (sha256, hex) that a trust record names. */
  readonly keysets: readonly string[];
  /** The leaves (hex) that must stand before it. */
  readonly restsOn: readonly string[];
}

/** The ledger that a record must have been made for. */
export interface MadeFor {
  readonly origin: string;
  /** The repositories (ids) that the ledger is for. */
  readonly repositories: readonly string[];
}

/** Judges a record whose form stands, without regard to where it stands. */
export function judgeRecord(opened: OpenedEnvelope, madeFor: MadeFor): JudgedRecord {
  const { kind, keyid, statement } = opened;
  return {
    kind,
    keyid,
    kindFault: kindFaultOf(opened),
    foreign: foreignnessOf(statement, madeFor),
    documents: documentsNamed(statement.predicate),
    keysets: kind === "trust" ? textsOf(statement.predicate, ["root"]) : [],
    restsOn:
      kind === "execution" ? textsOf(statement.predicate, ["verdictLeaf", "startedLeaf"]) : [],
  };
}

function kindFaultOf({ kind, statement }: OpenedEnvelope): string | null {
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

function foreignnessOf({ predicate }: Statement, { origin, repositories }: MadeFor): string | null {
  if (predicate.ledger !== origin) return `it names another ledger than ${origin}`;
  const repository = predicate["repository"];
  const id = isJsonObject(repository) ? (repository["id"] ?? null) : null;
  // A host that knows no ids records none; the ledger's name above binds such a record.
  if (id === null || (typeof id === "string" && repositories.includes(id))) return null;
  return `it is about repository ${JSON.stringify(id)}, which this ledger is not for`;
}

function textsOf(predicate: JsonObject, names: readonly string[]): readonly string[] {
  return names.map((name) => predicate[name]).filter((value) => typeof value === "string");
}
