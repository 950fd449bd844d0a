import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../ledger/format/canonical.ts";
import {
  commitSubjects,
  isAbout,
  kindOf,
  readStatement,
  subjectOf,
} from "../../../ledger/format/statement.ts";
import { statementOf, verdictPredicateOf } from "../verdict-fixture.ts";

const predicate = verdictPredicateOf();
const statement = statementOf("verdict", predicate) as unknown as JsonObject;
const DIGEST = { gitCommit: "a".repeat(40) };
const observed = { size: 0, root: `${"A".repeat(43)}=` };

function withSubject(...subject: readonly JsonValue[]): JsonObject {
  return { subject };
}

function subjects(count: number): readonly JsonValue[] {
  return Array.from({ length: count }, () => ({ digest: DIGEST }));
}

function withPredicate(changed: JsonObject): JsonObject {
  return { predicate: { ...predicate, ...changed } };
}

test.each<{ when: string; changed: JsonObject }>([
  { when: "16 subjects", changed: withSubject(...subjects(16)) },
  { when: "a digest of 40", changed: withSubject({ digest: { a: "0".repeat(40) } }) },
  { when: "a digest of 128", changed: withSubject({ digest: { a: "f".repeat(128) } }) },
  {
    when: "two digests of one subject",
    changed: withSubject({ digest: { a_B9: "0".repeat(40), ...DIGEST } }),
  },
  {
    when: "an algorithm of 32 characters",
    changed: withSubject({ digest: { ["a".repeat(32)]: "0".repeat(40) } }),
  },
  { when: "a name of one character", changed: withSubject({ name: "a", digest: DIGEST }) },
  { when: "a name of 1,024", changed: withSubject({ name: "a".repeat(1_024), digest: DIGEST }) },
  { when: "an id of 128", changed: withPredicate({ id: "a".repeat(128) }) },
  { when: "an id of every kind of character", changed: withPredicate({ id: "aZ09._:-" }) },
  { when: "a ledger's name of one character", changed: withPredicate({ ledger: "a" }) },
  { when: "a ledger's name of 256", changed: withPredicate({ ledger: "a".repeat(256) }) },
  {
    when: "a large head observed",
    changed: withPredicate({ observed: { ...observed, size: 2 ** 53 - 1 } }),
  },
  {
    when: "more observed than this version knows",
    changed: withPredicate({ observed: { ...observed, cosignature: "x" } }),
  },
])("accepts a statement with $when", ({ changed }) => {
  expect(readStatement({ ...statement, ...changed })).toEqual({ ...statement, ...changed });
});

test.each<{ when: string; changed: JsonObject }>([
  { when: "17 subjects", changed: withSubject(...subjects(17)) },
  { when: "a digest of 39", changed: withSubject({ digest: { a: "0".repeat(39) } }) },
  { when: "a digest of 129", changed: withSubject({ digest: { a: "0".repeat(129) } }) },
  {
    when: "a digest with something before it",
    changed: withSubject({ digest: { a: `sha1:${"0".repeat(40)}` } }),
  },
  {
    when: "a digest with something after it",
    changed: withSubject({ digest: { a: `${"0".repeat(40)}\n` } }),
  },
  {
    when: "an algorithm of 33 characters",
    changed: withSubject({ digest: { ["a".repeat(33)]: "0".repeat(40) } }),
  },
  { when: "an algorithm without a name", changed: withSubject({ digest: { "": "0".repeat(40) } }) },
  {
    when: "a space before an algorithm",
    changed: withSubject({ digest: { " a": "0".repeat(40) } }),
  },
  {
    when: "a space after an algorithm",
    changed: withSubject({ digest: { "a ": "0".repeat(40) } }),
  },
  { when: "an empty name", changed: withSubject({ name: "", digest: DIGEST }) },
  { when: "a name of 1,025", changed: withSubject({ name: "a".repeat(1_025), digest: DIGEST }) },
  { when: "an empty id", changed: withPredicate({ id: "" }) },
  { when: "an id of 129", changed: withPredicate({ id: "a".repeat(129) }) },
  { when: "a space before the id", changed: withPredicate({ id: " a" }) },
  { when: "a line break after the id", changed: withPredicate({ id: "a\n" }) },
  { when: "an empty ledger's name", changed: withPredicate({ ledger: "" }) },
  { when: "a ledger's name of 257", changed: withPredicate({ ledger: "a".repeat(257) }) },
  { when: "a size below zero", changed: withPredicate({ observed: { ...observed, size: -1 } }) },
  { when: "half a size", changed: withPredicate({ observed: { ...observed, size: 0.5 } }) },
  { when: "no size", changed: withPredicate({ observed: { root: observed.root } }) },
  { when: "no root", changed: withPredicate({ observed: { size: 0 } }) },
  {
    when: "something before the root",
    changed: withPredicate({ observed: { ...observed, root: `x${observed.root}` } }),
  },
  {
    when: "something after the root",
    changed: withPredicate({ observed: { ...observed, root: `${observed.root}\n` } }),
  },
  {
    when: "a root of 31 bytes",
    changed: withPredicate({ observed: { ...observed, root: `${"A".repeat(42)}==` } }),
  },
])("refuses a statement with $when", ({ changed }) => {
  expect(() => readStatement({ ...statement, ...changed })).toThrow(
    expect.objectContaining({ code: "NOT_CANONICAL" }),
  );
});

test("a statement names its commit and tree, each null where it does not", () => {
  const digests = { commit: "a".repeat(40), tree: "b".repeat(40) };
  const of = (...subject: readonly JsonValue[]) =>
    subjectOf(readStatement({ ...statement, ...withSubject(...subject) }));
  const commit = { digest: { gitCommit: digests.commit } };
  const tree = { digest: { gitTree: digests.tree } };
  expect(of(commit, tree)).toEqual(digests);
  expect(of(tree, commit)).toEqual(digests);
  expect(of(tree)).toEqual({ ...digests, commit: null });
  expect(of(commit)).toEqual({ ...digests, tree: null });
});

test.each(["verdict", "a", "a-".repeat(16)])("a statement of kind %s is one", (kind) => {
  expect(kindOf(readStatement(statementOf(kind, predicate) as unknown as JsonObject))).toBe(kind);
});

test.each(["", "-a", "a1", "A", "a ", `a${"a-".repeat(16)}`])("there is no kind %j", (kind) => {
  const value = statementOf(kind, predicate) as unknown as JsonObject;
  expect(() => readStatement(value)).toThrow(expect.objectContaining({ code: "NOT_CANONICAL" }));
});

describe("a statement is about a commit and its tree", () => {
  const about = { commit: "a".repeat(40), tree: "b".repeat(40) };
  const [commit, tree] = commitSubjects(about);

  test("where its subjects are these two", () => {
    expect(commitSubjects(about)).toEqual([
      { digest: { gitCommit: about.commit } },
      { digest: { gitTree: about.tree } },
    ]);
    expect(isAbout(statementAbout(commit, tree), about)).toBe(true);
  });

  test.each([
    { when: "one is missing", subject: [commit] },
    {
      when: "they are another commit's",
      subject: [{ digest: { gitCommit: "c".repeat(40) } }, tree],
    },
    { when: "there is one more", subject: [commit, tree, { digest: { sha256: "d".repeat(64) } }] },
    {
      when: "one has a digest more",
      subject: [commit, { digest: { ...tree?.digest, ...DIGEST } }],
    },
    { when: "one has a name", subject: [{ name: "main", ...commit }, tree] },
    { when: "they stand the other way round", subject: [tree, commit] },
  ])("and not where $when", ({ subject }) => {
    expect(isAbout(statementAbout(...subject), about)).toBe(false);
  });

  function statementAbout(...subject: readonly unknown[]) {
    return readStatement({ ...statement, subject: subject as readonly JsonValue[] });
  }
});
