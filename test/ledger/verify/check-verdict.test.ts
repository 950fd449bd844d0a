import { expect, test } from "vitest";
import type { JsonObject } from "../../../ledger/format/canonical.ts";
import { verdictPredicate } from "../../../ledger/predicates.ts";
import { verdictFault } from "../../../ledger/verify/check-verdict.ts";
import { digestOf, statementOf, verdictPredicateOf } from "../verdict-fixture.ts";

/** A reason of a policy: `x`, settled where its decision is in brackets. */
function reason(text: string): JsonObject {
  const [, open, decision = "", policyId = ""] = /^(\()?(DENY|WARN) (\w+)\)?$/.exec(text) ?? [];
  const settlement = { kind: "approval", id: "1", actor: "bo", at: "2026-01-02T03:04:05Z" };
  return {
    ...{ policyId, decision, message: "no", path: null, side: null, line: null, endLine: null },
    ...{ remedy: "ask", settledBy: open === undefined ? [] : [settlement] },
  };
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
      verdict: {
        ...{ decision, policyIds, reasonsOmitted },
        reasons: reasons?.map(reason) ?? omitted,
        provenance: { origin: "app", confidence: 1, simulation: false },
      },
      checks:
        each?.map((list) => ({
          ...{ policyId: "a", document: digestOf("a"), outcome: "fail" },
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
