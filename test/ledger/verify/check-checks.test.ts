import { expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../ledger/format/canonical.ts";
import { verdictPredicate } from "../../../ledger/predicates.ts";
import { checksFault } from "../../../ledger/verify/check-checks.ts";
import { digestOf, DOCUMENT, verdictPredicateOf } from "../verdict-fixture.ts";

const SETTLED = { kind: "approval", id: "1", actor: "bo", at: "2026-01-02T03:04:05Z" };
const OPEN = reason([]);
const DONE = reason([SETTLED]);

function reason(settledBy: JsonValue): JsonObject {
  const place = { path: null, side: null, line: null, endLine: null };
  return { policyId: "a", decision: "DENY", message: "no", ...place, remedy: "ask", settledBy };
}

function check(change: JsonObject = {}): JsonObject {
  const document = digestOf(DOCUMENT);
  return { policyId: "a", document, outcome: "pass", reasons: [], ...change };
}

function fault(checks: JsonValue): string | null {
  return checksFault(verdictPredicate.parse(verdictPredicateOf({ more: { checks } })));
}

const omitted = { digest: digestOf("long"), count: 9 };
const nowhere = digestOf("nowhere");

test.each<{ when: string; checks: JsonValue }>([
  { when: "nothing was found", checks: [check()] },
  { when: "something was found", checks: [check({ outcome: "fail", reasons: [OPEN, DONE] })] },
  { when: "it could not be asked", checks: [check({ outcome: "error", reasons: [OPEN] })] },
  { when: "all was approved", checks: [check({ outcome: "approved", reasons: [DONE] })] },
  { when: "all was waived", checks: [check({ outcome: "waived", reasons: [DONE] })] },
  { when: "its reasons were too large", checks: [check({ reasons: omitted })] },
  { when: "they were too large", checks: omitted },
  { when: "two policies are of one document", checks: [check(), check({ policyId: "b" })] },
  {
    when: "no document asks for one",
    checks: [check({ policyId: "bailiff/incomplete-evidence", document: digestOf("") })],
  },
  {
    when: "two files that are alike are in error",
    checks: [1, 2].map(() =>
      check({ policyId: "bailiff/policy-error", outcome: "error", reasons: [OPEN] }),
    ),
  },
  {
    when: "a file in error gives an id twice",
    checks: [
      check(),
      check({ outcome: "fail", reasons: [OPEN] }),
      check({ policyId: "bailiff/policy-error", outcome: "error", reasons: [OPEN] }),
    ],
  },
])("checks hold together where $when", ({ checks }) => {
  expect(fault(checks)).toBeNull();
});

test.each<{ when: string; checks: JsonValue }>([
  { when: "one passed for a reason", checks: [check({ reasons: [OPEN] })] },
  { when: "one passed for a settled reason", checks: [check({ reasons: [DONE] })] },
  { when: "one failed for no reason", checks: [check({ outcome: "fail" })] },
  {
    when: "one failed for what is settled",
    checks: [check({ outcome: "fail", reasons: [DONE] })],
  },
  { when: "one is in error for no reason", checks: [check({ outcome: "error" })] },
  { when: "one is approved for no reason", checks: [check({ outcome: "approved" })] },
  {
    when: "one is approved that is not settled",
    checks: [check({ outcome: "approved", reasons: [DONE, OPEN] })],
  },
  {
    when: "one is waived that is not settled",
    checks: [check({ outcome: "waived", reasons: [OPEN] })],
  },
])("a check's outcome contradicts its reasons where $when", ({ checks }) => {
  expect(fault(checks)).toContain("a check's outcome");
});

test.each<{ when: string; checks: JsonValue }>([
  { when: "one is of a document that judged nothing", checks: [check({ document: nowhere })] },
  {
    when: "one is of no document and its id is not reserved",
    checks: [check({ policyId: "bailiff", document: digestOf("") })],
  },
])("a check was made by no policy of its verdict where $when", ({ checks }) => {
  expect(fault(checks)).toContain("a check's document");
});

test.each<{ when: string; checks: JsonValue }>([
  { when: "one stands twice", checks: [check(), check()] },
  {
    when: "one policy passed and failed",
    checks: [check(), check({ outcome: "fail", reasons: [OPEN] })],
  },
])("checks contradict each other where $when", ({ checks }) => {
  expect(fault(checks)).toContain("one policy's check twice");
});
