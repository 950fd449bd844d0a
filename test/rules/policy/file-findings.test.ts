import { expect, test } from "vitest";
import { policyFile } from "../../../rules/policy/policy-file.ts";
import { MAX_POLICY_READ_BYTES } from "../../../rules/policy/policy-source.ts";
import { loadPolicies } from "../../../rules/policy/load.ts";
import { policyFileOf, problemsOf } from "../sample-evidence.ts";

test.each([
  { text: "- a\n", names: "file is a map", remedy: "version: 1" },
  { text: "version: 2\npolicies: []\n", names: "version", remedy: "version: 1" },
  { text: "version: 1\nextends: 1\n", names: "extends", remedy: "bailiff:recommended" },
  { text: "version: 1\npolicies: 1\n", names: "policies", remedy: "1000" },
  { text: "version: 1\npolicies: [a]\n", names: "policy is a map", remedy: "id, decision" },
  {
    text: "version: 1\npolicies: [{ id: A, decision: DENY, when: true }]\n",
    names: "id",
    remedy: "a-z",
  },
  {
    text: "version: 1\npolicies: [{ id: a, decision: NO, when: true }]\n",
    names: "decision",
    remedy: "WARN or DENY",
  },
])("what is not valid in a file is told by its key, with what is right: $names", (row) => {
  const [problem] = problemsOf(row.text);
  expect(problem?.message).toContain(row.names);
  expect(problem?.remedy).toContain(row.remedy);
});

test.each([
  { lines: "title: 1", names: "title", remedy: "1024" },
  { lines: "message: 1", names: "message", remedy: "1024" },
  { lines: "remedy: 1", names: "remedy", remedy: "1024" },
  {
    lines: "each: line",
    names: "each",
    remedy: "files, lines, commits, capabilities or dependencies",
  },
  { lines: "unless: 1", names: "unless", remedy: "unless: { approved_by" },
  { lines: "unless: { approved_by: 1 }", names: "approved_by", remedy: "approved_by: {" },
  { lines: "unless: { approved_by: { users: 1 } }", names: "users", remedy: "logins" },
  { lines: "unless: { approved_by: { users: [ok, '@a'] } }", names: "users", remedy: "logins" },
  { lines: "unless: { approved_by: { usres: [a] } }", names: '"usres"', remedy: "users" },
  { lines: "unless: { approved_by: { count: 0 } }", names: "count", remedy: "from 1 to 20" },
  { lines: "unless: { approved_by: { users: [a, A] } }", names: "twice", remedy: "once" },
  {
    lines: "unless: { approved_by: { users: [a], count: 2 } }",
    names: "2 of 1",
    remedy: "lower count",
  },
])("what is not valid in a policy is told by its key, with what is right: $lines", (row) => {
  const [problem] = problemsOf(policyFileOf(`when: true\n${row.lines}`));
  expect(problem?.message).toContain(row.names);
  expect(problem?.remedy).toContain(row.remedy);
});

test("a policy that never fires is told what makes it fire", () => {
  const [problem] = problemsOf(policyFileOf("each: files"));
  expect(problem?.message).toContain("fires");
  expect(problem?.remedy).toContain("match, when or only");
});

test("no policy at all is a problem of the place where a repository keeps them", () => {
  expect(loadPolicies([], false).problems).toMatchObject([{ path: ".github/bailiff.yml" }]);
});

test("a host reads more of a policy file than loading takes, so that loading tells the limit", () => {
  expect(MAX_POLICY_READ_BYTES).toBeGreaterThan(256 * 1024);
});

test("the schema of a file takes one policy as it takes a thousand, and no more", () => {
  const takes = (count: number): boolean => {
    const policies = Array.from({ length: count }, (_, n) => ({ id: `a${n}`, decision: "DENY" }));
    return policyFile.safeParse({ version: 1, policies }).success;
  };
  expect([1, 1000, 1001].map(takes)).toEqual([true, true, false]);
});
