import { documentsNamed } from "../append/documents.ts";
import { isJsonObject } from "../format/canonical.ts";
import type { OpenedEnvelope } from "../format/envelope.ts";
import { isAbout, subjectOf, type Statement } from "../format/statement.ts";
import type { ExecutionPredicate } from "../execution-predicate.ts";
import { predicateSchema, type VerdictPredicate } from "../predicates.ts";
import type { Observed } from "../record.ts";
import { verdictFault } from "./check-verdict.ts";
import { executionStep, verdictStep, type RunStep } from "./run-step.ts";

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
  /** The head that it says was seen before it was made. */
  readonly observed: Observed;
  /** The leaf (hex) of the record that a verdict supersedes, or that a waiver or incident ends. */
  readonly supersedes: string | null;
  /** Its part in the run of a command, null where it has none. */
  readonly run: RunStep | null;
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
  const { predicate } = statement;
  const { size, root } = predicate.observed;
  return {
    kind,
    keyid,
    ...judgeKind(opened),
    foreign: foreignnessOf(statement, madeFor),
    documents: documentsNamed(predicate),
    keysets: kind === "trust" && typeof predicate["root"] === "string" ? [predicate["root"]] : [],
    observed: { size, root },
  };
}

type JudgedKind = Pick<JudgedRecord, "kindFault" | "supersedes" | "run">;

function judgeKind({ kind, statement }: OpenedEnvelope): JudgedKind {
  const read = predicateSchema(kind).safeParse(statement.predicate);
  if (!read.success) {
    const where = read.error.issues[0]?.path.join(".") ?? "";
    const kindFault = `its predicate is none of kind ${kind}: ${where}`;
    return { kindFault, supersedes: null, run: null };
  }
  if (kind === "verdict") return judgeVerdict(statement, read.data as VerdictPredicate);
  if (kind === "waiver" || kind === "incident") return judgeException(statement, read.data);
  if (kind === "execution") return judgeExecution(statement, read.data as ExecutionPredicate);
  return { kindFault: null, supersedes: null, run: null };
}

function judgeVerdict(statement: Statement, predicate: VerdictPredicate): JudgedKind {
  const kindFault = verdictFault(statement, predicate);
  const { supersedes } = predicate;
  return { kindFault, supersedes, run: verdictStep(statement, predicate) };
}

/** It holds for the commit that it is about, and ends a record that stands before it. */
function judgeException(statement: Statement, predicate: object): JudgedKind {
  const { commit, tree } = subjectOf(statement);
  const isWhole = commit !== null && tree !== null && isAbout(statement, { commit, tree });
  const leaf: unknown =
    "revokes" in predicate ? predicate.revokes : "closes" in predicate ? predicate.closes : null;
  return {
    kindFault: isWhole ? null : "its subject is not one commit and its tree",
    supersedes: typeof leaf === "string" ? leaf : null,
    run: null,
  };
}

/** A lineage goes by the verdict that it names, a log by its subject: it has one, and no other. */
function judgeExecution(statement: Statement, execution: ExecutionPredicate): JudgedKind {
  const { commit, tree } = subjectOf(statement);
  const isWhole = commit !== null && tree !== null && isAbout(statement, { commit, tree });
  const kindFault = isWhole ? null : "its subject is not one commit and its tree";
  return { kindFault, supersedes: null, run: executionStep(statement, execution) };
}

function foreignnessOf({ predicate }: Statement, { origin, repositories }: MadeFor): string | null {
  if (predicate.ledger !== origin) return `it names another ledger than ${origin}`;
  const repository = predicate["repository"];
  const id = isJsonObject(repository) ? (repository["id"] ?? null) : null;
  // A host that knows no ids records none; the ledger's name above binds such a record.
  if (id === null || (typeof id === "string" && repositories.includes(id))) return null;
  return `it is about repository ${JSON.stringify(id)}, which this ledger is not for`;
}
