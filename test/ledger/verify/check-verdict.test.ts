import { expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../ledger/format/canonical.ts";
import { verdictPredicate } from "../../../ledger/predicates.ts";
import { verdictFault } from "../../../ledger/verify/check-verdict.ts";
import {
  digestOf,
  DOCUMENT,
  objectIdOf,
  statementOf,
  verdictPredicateOf,
} from "../verdict-fixture.ts";

const AT = "2026-01-02T03:04:05Z";

/** A reason of a policy: `x`, settled where its decision is in brackets. */
function reason(text: string): JsonObject {
  const [, open, decision = "", policyId = ""] = /^(\()?(DENY|WARN) (\w+)\)?$/.exec(text) ?? [];
  const settlement = { kind: "approval", id: "1", actor: "bo", at: AT };
  return {
    ...{ policyId, decision, message: "no", path: null, side: null, line: null, endLine: null },
    ...{ remedy: "ask", settledBy: open === undefined ? [] : [settlement] },
  };
}

function outcomeOf(list: readonly string[] | null): string {
  if (list === null) return "fail";
  if (list.every((text) => text.startsWith("("))) return list.length === 0 ? "pass" : "approved";
  return "fail";
}

/** The one that settles what is settled. */
function review(change: JsonObject = {}): JsonObject {
  const actor = { id: "id-of-bo", login: "bo", bot: false };
  const seen = { commit: objectIdOf("head"), at: AT, via: ["role:write"], retargeted: false };
  return { id: "1", actor, state: "approved", ...seen, ...change };
}

const omitted = { digest: digestOf("long"), count: 9 };

interface Told {
  readonly decision: string;
  readonly policyIds: readonly string[];
  readonly reasons?: readonly string[];
  /** One list a check; by default one check with all reasons. */
  readonly checks?: readonly (readonly string[] | null)[] | null;
  readonly reasonsOmitted?: number;
}

/** null stands for what was too large. */
function fault({ decision, policyIds, reasons, checks, reasonsOmitted = 0 }: Told): boolean {
  const each = checks === undefined ? [reasons ?? []] : checks;
  const predicate = verdictPredicateOf({
    more: {
      external: { reviews: [review()], statuses: null },
      verdict: {
        ...{ decision, policyIds, reasonsOmitted },
        reasons: reasons?.map(reason) ?? omitted,
        provenance: { origin: "app", confidence: 1, simulation: false },
      },
      checks:
        each?.map((list, at) => ({
          ...{ policyId: `check-${at}`, document: digestOf(DOCUMENT), outcome: outcomeOf(list) },
          reasons: list?.map(reason) ?? omitted,
        })) ?? omitted,
    },
  });
  const statement = statementOf("verdict", predicate);
  return verdictFault(statement, verdictPredicate.parse(predicate)) !== null;
}

test.each<Told & { when: string }>([
  { when: "nothing was found", decision: "ALLOW", policyIds: [], reasons: [] },
  { when: "one denies", decision: "DENY", policyIds: ["a"], reasons: ["DENY a"] },
  { when: "one warns", decision: "WARN", policyIds: ["a"], reasons: ["WARN a"] },
  {
    when: "the worst decides",
    decision: "DENY",
    policyIds: ["a", "b"],
    reasons: ["WARN a", "DENY b", "WARN b"],
  },
  {
    when: "what is settled does not decide",
    decision: "ALLOW",
    policyIds: [],
    reasons: ["(DENY a)"],
  },
  {
    when: "what is settled is not named",
    decision: "WARN",
    policyIds: ["b"],
    reasons: ["(DENY a)", "WARN b"],
  },
  {
    when: "the checks hold the reasons together",
    decision: "DENY",
    policyIds: ["a", "b"],
    reasons: ["DENY a", "DENY b"],
    checks: [["DENY a"], [], ["DENY b"]],
  },
  {
    when: "a check's reasons are left out, it is not looked at",
    decision: "DENY",
    policyIds: ["a", "b"],
    reasons: ["DENY a", "DENY b"],
    checks: [["WARN a"], null],
  },
  {
    when: "all reasons are left out",
    decision: "DENY",
    policyIds: ["a"],
    checks: null,
  },
  {
    when: "the checks alone tell the reasons",
    decision: "DENY",
    policyIds: ["a"],
    checks: [["DENY a"]],
  },
  {
    when: "some reasons are counted, their policies are named all the same",
    decision: "DENY",
    policyIds: ["a", "b"],
    reasons: ["DENY a"],
    checks: null,
    reasonsOmitted: 3,
  },
])("a verdict holds together where $when", (told) => {
  expect(fault(told)).toBe(false);
});

test.each<Told & { when: string }>([
  { when: "it denies for no reason", decision: "DENY", policyIds: ["a"], reasons: [] },
  { when: "it allows and names a policy", decision: "ALLOW", policyIds: ["a"], reasons: [] },
  { when: "it denies and names none", decision: "DENY", policyIds: [], reasons: ["DENY a"] },
  { when: "it warns of a denial", decision: "WARN", policyIds: ["a"], reasons: ["DENY a"] },
  { when: "it denies for a warning", decision: "DENY", policyIds: ["a"], reasons: ["WARN a"] },
  {
    when: "it denies for what is settled",
    decision: "DENY",
    policyIds: ["a"],
    reasons: ["(DENY a)"],
  },
  { when: "it names another policy", decision: "DENY", policyIds: ["b"], reasons: ["DENY a"] },
  {
    when: "it names a policy less",
    decision: "DENY",
    policyIds: ["a"],
    reasons: ["DENY a", "DENY b"],
  },
  { when: "it names a policy more", decision: "DENY", policyIds: ["a", "b"], reasons: ["DENY a"] },
  {
    when: "its checks found more than it tells",
    decision: "WARN",
    policyIds: ["a"],
    reasons: ["WARN a"],
    checks: [["WARN a"], ["DENY a"]],
  },
  {
    when: "its checks found nothing",
    decision: "WARN",
    policyIds: ["a"],
    reasons: ["WARN a"],
    checks: [[]],
  },
  {
    when: "its checks contradict what is left out of it",
    decision: "WARN",
    policyIds: ["a"],
    checks: [["DENY a"]],
  },
  {
    when: "it allows and names a policy, and its reasons are left out",
    decision: "ALLOW",
    policyIds: ["a"],
    checks: null,
  },
  {
    when: "it denies and names none, and its reasons are left out",
    decision: "DENY",
    policyIds: [],
    checks: null,
  },
  {
    when: "some reasons are counted, and one that is told is of a policy that it does not name",
    decision: "DENY",
    policyIds: ["b"],
    reasons: ["DENY a"],
    checks: null,
    reasonsOmitted: 3,
  },
  {
    when: "some reasons are counted although settled ones are told",
    decision: "DENY",
    policyIds: ["a", "b"],
    reasons: ["DENY a", "(DENY b)"],
    checks: null,
    reasonsOmitted: 3,
  },
])("a verdict contradicts itself where $when", (told) => {
  expect(fault(told)).toBe(true);
});

const EARLIER_COMMIT = "e".repeat(40);

/** The fault of an ALLOW whose one reason `bo` settled, with these reviews beside it. */
function settledFault(reviews: JsonValue, kind = "approval"): string | null {
  const more = { external: { reviews, statuses: null } };
  const approved = verdictPredicateOf({ decision: "ALLOW", approvedBy: "bo", more });
  const text = JSON.stringify(approved).replaceAll('"approval"', JSON.stringify(kind));
  const predicate = JSON.parse(text) as JsonObject;
  return verdictFault(statementOf("verdict", predicate), verdictPredicate.parse(predicate));
}

test.each<{ when: string; reviews: JsonValue }>([
  { when: "it holds the approval", reviews: [review({ id: "7" })] },
  { when: "it holds more than the approval", reviews: [review(), review({ id: "7" })] },
  { when: "its reviews were too large", reviews: omitted },
  {
    when: "it holds one of an earlier commit with the same change",
    reviews: [review({ id: "7", commit: EARLIER_COMMIT, sameChange: true })],
  },
  {
    when: "it holds one of an earlier commit with the same paths",
    reviews: [review({ id: "7", commit: EARLIER_COMMIT, sameChange: false, sameFor: ["a"] })],
  },
])("what an approval settled stands where $when", ({ reviews }) => {
  expect(settledFault(reviews)).toBeNull();
});

test.each<{ when: string; reviews: JsonValue }>([
  { when: "holds no review", reviews: [] },
  { when: "knows of no reviews", reviews: null },
  { when: "holds another review", reviews: [review()] },
  {
    when: "holds one of an earlier commit with nothing the same",
    reviews: [review({ id: "7", commit: EARLIER_COMMIT, sameChange: false, sameFor: [] })],
  },
  { when: "holds somebody else's", reviews: [review({ id: "7", actor: person("cy") })] },
  { when: "holds one of another time", reviews: [review({ id: "7", at: "2026-01-02T03:04:06Z" })] },
  { when: "holds one that asks for changes", reviews: [review({ id: "7", state: "commented" })] },
  { when: "holds one of another commit", reviews: [review({ id: "7", commit: objectIdOf("x") })] },
  { when: "holds one for another base", reviews: [review({ id: "7", retargeted: true })] },
])("a verdict that an approval settled contradicts itself where it $when", ({ reviews }) => {
  expect(settledFault(reviews)).toContain("no approval");
});

test.each(["waiver", "override"])(
  "what a %s settled is in no review, but in the record",
  (kind) => {
    expect(settledFault([], kind)).toMatch(kind);
  },
);

function person(login: string): JsonObject {
  return { id: `id-of-${login}`, login, bot: false };
}

test.each([
  { when: "a second digest beside its commit's", at: 0, digest: { gitTag: "1".repeat(40) } },
  { when: "a second digest beside its tree's", at: 1, digest: { gitCommit: "1".repeat(40) } },
])("a verdict is about nothing else where its subject has $when", ({ at, digest }) => {
  const predicate = verdictPredicateOf();
  const statement = statementOf("verdict", predicate);
  const subject = statement.subject.map((one, index) =>
    index === at ? { digest: { ...one.digest, ...digest } } : one,
  );
  const told = verdictPredicate.parse(predicate);
  expect(verdictFault(statement, told)).toBeNull();
  expect(verdictFault({ ...statement, subject }, told)).not.toBeNull();
});
