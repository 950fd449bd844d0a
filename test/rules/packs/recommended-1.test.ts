import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { judge } from "../../../rules/judge.ts";
import { isPackName, packSource } from "../../../rules/packs/packs.ts";
import { loadPolicies } from "../../../rules/policy/load.ts";
import type { PolicySource } from "../../../rules/policy/policy-set.ts";
import { packModule } from "../../../scripts/packs.ts";
import { bo, evidenceOf, review, workflow, type ChangedText } from "../sample-evidence.ts";

const path = ".github/workflows/release.yml";
const read = workflow("contents: read");
const write = workflow("contents: write");

function recommended(): PolicySource {
  const pack = packSource("bailiff:recommended@1");
  if (pack === null) throw new Error("the pack is gone");
  return pack;
}

interface Case {
  readonly when: string;
  readonly change: Omit<ChangedText, "path">;
  readonly decision: "ALLOW" | "DENY";
  readonly policyIds: readonly string[];
}

const allowed = { decision: "ALLOW", policyIds: [] } as const;
const permission = { decision: "DENY", policyIds: ["new-permissions"] } as const;
const trigger = { decision: "DENY", policyIds: ["new-permissions"] } as const;

test.each<Case>([
  { when: "a permission is raised to write", change: { base: read, head: write }, ...permission },
  { when: "a workflow that writes is added", change: { head: write }, ...permission },
  {
    when: "a scope that writes is added",
    change: { base: read, head: workflow("contents: read, id-token: write") },
    ...permission,
  },
  { when: "a workflow that reads is added", change: { head: read }, ...allowed },
  {
    when: "a scope that reads is added",
    change: { base: read, head: workflow("contents: read, issues: read") },
    ...allowed,
  },
  { when: "a permission is lowered", change: { base: write, head: read }, ...allowed },
  { when: "a permission is removed", change: { base: write, head: workflow("") }, ...allowed },
  { when: "a workflow that writes is removed", change: { base: write }, ...allowed },
  {
    when: "a workflow that writes is reformatted",
    change: { base: write, head: `# a\n\n${write}` },
    ...allowed,
  },
  {
    when: "an ordinary event is added",
    change: { base: read, head: workflow("contents: read", "push, schedule") },
    ...allowed,
  },
  {
    when: "a privileged event is added",
    change: { base: read, head: workflow("contents: read", "push, issue_comment") },
    ...trigger,
  },
  {
    when: "a privileged event is removed",
    change: { base: workflow("contents: read", "push, issues"), head: read },
    ...allowed,
  },
  {
    when: "what writes becomes reachable for outsiders",
    change: { base: write, head: workflow("contents: write", "push, pull_request_target") },
    decision: "DENY",
    policyIds: ["new-permissions"],
  },
])("$when: $decision", ({ change, decision, policyIds }) => {
  const { verdict } = judge(evidenceOf([{ path, ...change }], [recommended()]));
  expect(verdict.decision).toBe(decision);
  expect(verdict.policyIds).toEqual(policyIds);
});

test("a contributor is told what, where and what to do", () => {
  const { verdict } = judge(evidenceOf([{ path, base: read, head: write }], [recommended()]));
  expect(verdict.reasons).toMatchObject([
    {
      message: "jobs.release: contents read → write (on push)",
      path,
      side: "head",
      line: 4,
      remedy:
        "an approval of bbbbbbb by someone else who may write to the repository, or declare for jobs.release only the scopes that it needs, read where that will do",
    },
  ]);
});

test("an approval of somebody who may write lets it through", () => {
  const files = [{ path, base: read, head: workflow("contents: write", "push, issues") }];
  const external = { reviews: [review(bo)], contributors: [], statuses: null };
  const { verdict } = judge(evidenceOf(files, [recommended()], { external }));
  expect(verdict.decision).toBe("ALLOW");
  expect(verdict.reasons.every(({ settledBy }) => settledBy.length === 1)).toBe(true);
});

test("the pack is what its YAML gives", () => {
  const folder = new URL("../../../rules/packs/", import.meta.url);
  const yaml = readFileSync(new URL("recommended-1.yml", folder));
  const module = readFileSync(new URL("recommended-1.ts", folder), "utf8");
  expect(module).toBe(packModule("recommended-1", yaml));
});

test("the pack has no problems and extends nothing", () => {
  const { sources, policies, problems } = loadPolicies([recommended()], false);
  expect(problems).toEqual([]);
  expect(sources).toHaveLength(1);
  expect(policies.length).toBeGreaterThan(20);
});

test.each([
  { name: "bailiff:recommended@1", isName: true, path: "bailiff:recommended@1" },
  { name: "bailiff:recommended", isName: true, path: "bailiff:recommended@1" },
  { name: "bailiff:recommended@2", isName: true, path: undefined },
  { name: "bailiff:none", isName: true, path: undefined },
  { name: "constructor", isName: false, path: undefined },
  { name: "./bailiff:recommended", isName: false, path: undefined },
  { name: "policy.yml", isName: false, path: undefined },
])("$name as the name of a pack", ({ name, isName, path: found }) => {
  expect(isPackName(name)).toBe(isName);
  expect(packSource(name)?.path).toBe(found);
});
