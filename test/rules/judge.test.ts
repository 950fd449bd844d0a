import { expect, test } from "vitest";
import type { Listing } from "../../rules/change/listing.ts";
import { judge, wantedContents } from "../../rules/judge.ts";
import { loadPolicies } from "../../rules/policy/load.ts";
import {
  changeOf,
  evidenceOf,
  HEAD,
  policyFileOf,
  policySource,
  workflow,
} from "./sample-evidence.ts";

const path = ".github/workflows/release.yml";
const grants = policySource(policyFileOf("each: capabilities\nmatch: { after: write }"));
const raising = [{ path, base: workflow("contents: read"), head: workflow("contents: write") }];

test("every check that ran is recorded, whether it fired or not", () => {
  const idle = policySource(policyFileOf("each: files\nmatch: { path: none }"), "idle.yml");
  const { checks } = judge(evidenceOf(raising, [grants, idle]));
  const recorded = checks.map(({ policyId, document, outcome }) => ({
    policyId,
    document,
    outcome,
  }));
  expect(recorded).toHaveLength(3);
  expect(recorded).toContainEqual({ policyId: "rule", document: grants.digest, outcome: "fail" });
  expect(recorded).toContainEqual({ policyId: "rule", document: idle.digest, outcome: "pass" });
  expect(recorded[0]).toMatchObject({ policyId: "bailiff/incomplete-evidence", outcome: "pass" });
});

test("a simulation is judged all the same, and says so", () => {
  const { verdict } = judge({
    ...evidenceOf(raising, []),
    policies: loadPolicies([grants], true),
    origin: "app",
  });
  expect(verdict).toMatchObject({
    decision: "DENY",
    provenance: { origin: "app", simulation: true, confidence: 1 },
  });
});

test("a workflow that is not understood denies at its line, whatever the policies", () => {
  const broken = "on: push\njobs:\n  a: [\n";
  const { verdict } = judge(evidenceOf([{ path, head: broken }], [grants]));
  expect(verdict.policyIds).toEqual(["bailiff/incomplete-evidence"]);
  expect(verdict.reasons).toMatchObject([{ decision: "DENY", path, side: "head" }]);
  expect(verdict.reasons[0]?.line).toBeGreaterThan(0);
  expect(verdict.provenance.confidence).toBe(0);
});

test("a workflow whose content was not gathered denies", () => {
  const { verdict } = judge({ ...evidenceOf(raising, [grants]), contents: new Map() });
  expect(verdict.policyIds).toContain("bailiff/incomplete-evidence");
});

test("a policy file with a problem denies with its place and remedy, beside what its neighbours find", () => {
  const broken = policySource("version: 1\npolicies: []\nextra: 1\n", "broken.yml");
  const { verdict } = judge(evidenceOf(raising, [broken, grants]));
  expect(verdict.policyIds).toEqual(["bailiff/policy-error", "rule"]);
  const [problem] = verdict.reasons.filter(({ policyId }) => policyId === "bailiff/policy-error");
  expect(problem).toMatchObject({ path: "broken.yml", line: 3, side: null });
});

test("a change that nothing objects to is allowed", () => {
  const { verdict } = judge(evidenceOf([{ path: "README.md", head: "x" }], [grants]));
  expect(verdict).toMatchObject({ decision: "ALLOW", policyIds: [], reasons: [] });
});

test("every version but a submodule's is wanted once, what readers claim before all others", () => {
  const { listing } = changeOf([{ path: "a", head: "b" }, ...raising]);
  const withModule: Listing = {
    ...listing,
    files: [...listing.files, { path: "module", head: { oid: HEAD, mode: "160000" } }],
  };
  const wanted = wantedContents(withModule);
  expect(wanted.map(({ side, path: of }) => `${side} ${of}`)).toEqual([
    `base ${path}`,
    `head ${path}`,
    "head a",
  ]);
});
