import * as z from "zod";
import { LedgerError } from "../errors.ts";
import type { Subject } from "../record.ts";
import type { JsonObject, JsonValue } from "./canonical.ts";

export const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";

/** Every predicate type is `https://bailiff.dev/<kind>/v1`: an identifier, never fetched. */
const PREDICATE_TYPE = { prefix: "https://bailiff.dev/", suffix: "/v1" } as const;

/** A kind of record, known to this version or not. */
export const KIND_PATTERN = /^[a-z][a-z-]{0,31}$/;

/** What a statement is about: a git object or a file, by digest (hex). */
export interface StatementSubject {
  readonly name?: string;
  readonly digest: Readonly<Record<string, string>>;
}

/** What every predicate has, whatever its kind; `observed.root` is base64. */
interface CommonPredicate extends JsonObject {
  readonly id: string;
  readonly ledger: string;
  readonly at: string;
  readonly observed: { readonly size: number; readonly root: string };
}

/** An in-toto Statement v1. `kind` of `predicateType` may be unknown to this version. */
export interface Statement {
  readonly _type: typeof STATEMENT_TYPE;
  readonly subject: readonly StatementSubject[];
  readonly predicateType: string;
  readonly predicate: CommonPredicate;
}

const hex = z.string().regex(/^[0-9a-f]{40,128}$/);
const statementSchema = z.strictObject({
  _type: z.literal(STATEMENT_TYPE),
  subject: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(1_024).optional(),
        digest: z
          .record(z.string().regex(/^[A-Za-z0-9_]{1,32}$/), hex)
          .refine((digest) => Object.keys(digest).length > 0),
      }),
    )
    .min(1)
    .max(16),
  predicateType: z.string().refine((type) => kindOfPredicateType(type) !== null),
  predicate: z.looseObject({
    id: z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/),
    ledger: z.string().min(1).max(256),
    at: z.iso.datetime(),
    observed: z.looseObject({
      size: z.int().min(0),
      root: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
    }),
  }),
});

/** A commit and its tree as two subjects: in-toto matches a digest set by any one of its digests. */
export function commitSubjects({ commit, tree }: Subject): readonly StatementSubject[] {
  return [{ digest: { gitCommit: commit } }, { digest: { gitTree: tree } }];
}

/** The commit and tree that a statement is about, each null where it names none. */
export function subjectOf(statement: Statement): {
  readonly commit: string | null;
  readonly tree: string | null;
} {
  const digest = (algorithm: string): string | null =>
    statement.subject.find((subject) => algorithm in subject.digest)?.digest[algorithm] ?? null;
  return { commit: digest("gitCommit"), tree: digest("gitTree") };
}

/** The commit and tree that a statement is about, null where it lacks one. */
export function wholeSubject(statement: Statement): Subject | null {
  const { commit, tree } = subjectOf(statement);
  return commit === null || tree === null ? null : { commit, tree };
}

/**
 * Whether a statement's subjects are exactly those that a writer makes: a digest more would let
 * whoever verifies by that digest take it for a statement about something else.
 */
export function isAbout({ subject }: Statement, about: Subject): boolean {
  return JSON.stringify(subject) === JSON.stringify(commitSubjects(about));
}

/** `https://bailiff.dev/verdict/v1` of `verdict`. */
export function predicateType(kind: string): string {
  return `${PREDICATE_TYPE.prefix}${kind}${PREDICATE_TYPE.suffix}`;
}

/** The kind that a predicate type names, null where it is none of ours. */
export function kindOfPredicateType(type: string): string | null {
  const kind = type.slice(PREDICATE_TYPE.prefix.length, -PREDICATE_TYPE.suffix.length);
  return KIND_PATTERN.test(kind) && type === predicateType(kind) ? kind : null;
}

/** The kind of a statement that was read. */
export function kindOf(statement: Statement): string {
  return kindOfPredicateType(statement.predicateType) ?? "";
}

/**
 * Accepts a parsed payload as a statement of ours: the form that all kinds share.
 *
 * Throws NOT_CANONICAL, naming the first member that is wrong.
 */
export function readStatement(value: JsonValue): Statement {
  const read = statementSchema.safeParse(value);
  if (!read.success) {
    throw new LedgerError(
      "NOT_CANONICAL",
      `not a statement of a ledger: ${read.error.issues[0]?.path.join(".") ?? ""}`,
    );
  }
  return value as unknown as Statement;
}
