import { expect, test } from "vitest";
import type { Evidence } from "../../../rules/evidence.ts";
import { judge } from "../../../rules/judge.ts";
import { actsToAllow } from "../../../rules/policy/acts.ts";
import { bo, cy, evidenceOf, policySource, review } from "../sample-evidence.ts";

const files = [{ path: "a.ts", head: "a\n" }];

function acts(policies: readonly string[], more: Partial<Evidence> = {}): readonly string[] {
  const text = `version: 1\npolicies:\n${policies.map((policy, n) => `  - { id: p${n}, each: files, match: { status: added }, ${policy} }\n`).join("")}`;
  const evidence = evidenceOf(files, [policySource(text)], more);
  const { checks, facts } = judge(evidence);
  return actsToAllow(checks, evidence.policies.policies, facts);
}

const ANYBODY = "decision: DENY, unless: { approved_by: { count: 1 } }";
const TWO = "decision: DENY, unless: { approved_by: { count: 2 } }";
const BO = "decision: DENY, unless: { approved_by: { users: [bo] } }";
const NOBODY = "decision: WARN, remedy: leave it out";

test.each([
  {
    policies: [ANYBODY, ANYBODY],
    told: ["an approval of bbbbbbb by someone else who may write to the repository"],
  },
  {
    policies: [ANYBODY, TWO],
    told: ["2 approvals of bbbbbbb by someone else who may write to the repository"],
  },
  { policies: [ANYBODY, BO], told: ["an approval by @bo of bbbbbbb"] },
  {
    policies: [TWO, BO],
    told: [
      "2 approvals of bbbbbbb by someone else who may write to the repository",
      "an approval by @bo of bbbbbbb",
    ],
  },
  { policies: [NOBODY, NOBODY], told: ["leave it out"] },
  {
    policies: [NOBODY, ANYBODY],
    told: [
      "an approval of bbbbbbb by someone else who may write to the repository",
      "leave it out",
    ],
  },
])("$policies take $told", ({ policies, told }) => {
  expect(acts(policies)).toEqual(told);
});

test("nothing is left once all is settled, and less once some is", () => {
  const external = { reviews: [review(bo)], contributors: [], statuses: null };
  expect(acts([ANYBODY], { external })).toEqual([]);
  expect(acts([TWO], { external })).toEqual([
    "one more approval of bbbbbbb by someone else who may write to the repository",
  ]);
  const both = { reviews: [review(bo), review(cy)], contributors: [], statuses: null };
  expect(acts([TWO, BO], { external: both })).toEqual([]);
});
