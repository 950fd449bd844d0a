import { describe, expect, test } from "vitest";
import { canonicalBytes } from "../../ledger/format/canonical.ts";
import { verdictPredicate } from "../../ledger/predicates.ts";
import type { Judged } from "../../maestro/verdict-record.ts";
import { verdictRecord } from "../../maestro/verdict-record.ts";
import { judge } from "../../rules/judge.ts";
import type { Reason } from "../../rules/verdict/verdict.ts";
import { loadPolicies } from "../../rules/policy/load.ts";
import { packSource } from "../../rules/packs/packs.ts";
import { action } from "./fake-ports.ts";

const id = (digit: string): string => digit.repeat(40);
const LINE_BYTES = 256 * 1024;

function judged(reasons: number, title = "Release"): Judged {
  const pack = packSource("bailiff:recommended");
  const policies = loadPolicies(pack === null ? [] : [pack], false);
  const listing = {
    ...{ base: id("a"), head: id("b"), mergeBase: id("a"), mergeTree: null },
    ...{ baseTree: id("c"), headTree: id("d"), files: [] },
  };
  const judgement = judge({
    action: { ...action.facts, title },
    ...{
      repository: action.repository,
      external: { reviews: null, contributors: null, statuses: null },
    },
    ...{ listing, contents: new Map(), policies, origin: "app" },
  });
  const many = Array.from({ length: reasons }, (_, number) => reasonOf(number));
  return {
    external: { reviews: null, contributors: null, statuses: null },
    ...{ action, listing, policies, filesDigest: "f".repeat(64) },
    judgement: {
      ...judgement,
      verdict: { ...judgement.verdict, decision: "DENY", policyIds: ["p"], reasons: many },
      checks: [{ policyId: "p", document: "0".repeat(64), outcome: "fail", reasons: many }],
    },
    evaluator: { id: "bailiff", version: "0.0.0", digest: "0".repeat(64) },
    observed: { size: 1, root: "AAAA" },
  };
}

function reasonOf(number: number): Reason {
  return {
    ...{ policyId: "p", decision: "DENY", message: `reason ${number} ${"x".repeat(900)}` },
    ...{ path: "a", side: "head", line: 1, endLine: 1, remedy: "ask", settledBy: [] },
  };
}

/** What the ledger adds when it signs. */
function placed(predicate: object): object {
  return {
    ...predicate,
    id: "id",
    ledger: "origin",
    observed: { size: 1, root: "AAAA" },
    supersedes: null,
  };
}

describe("a verdict's record", () => {
  test("keeps everything that fits, in the ledger's own form", () => {
    const { predicate } = verdictRecord(judged(2));
    const parsed = verdictPredicate.parse(placed(predicate));
    expect(parsed.verdict.reasons).toHaveLength(2);
    expect(parsed.checks).toHaveLength(1);
  });

  test.each([
    { when: "the checks alone are too much", reasons: 120, cut: "checks" },
    { when: "the reasons are too much as well", reasons: 1_000, cut: "reasons" },
  ])("says digest and count where $when", ({ reasons, cut }) => {
    const { predicate } = verdictRecord(judged(reasons));
    const parsed = verdictPredicate.parse(placed(predicate));
    const shortened = cut === "checks" ? parsed.checks : parsed.verdict.reasons;
    expect(shortened).toMatchObject({ count: cut === "checks" ? 1 : reasons });
    expect(parsed.verdict.decision).toBe("DENY");
  });

  test("always leaves room for its envelope on one line", () => {
    for (const reasons of [0, 150, 1_000]) {
      const payload = canonicalBytes(verdictRecord(judged(reasons)).predicate).length;
      expect((payload * 4) / 3 + 4_096).toBeLessThan(LINE_BYTES);
    }
  });
});
