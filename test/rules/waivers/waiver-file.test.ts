import { describe, expect, test } from "vitest";
import type { PolicySet } from "../../../rules/policy/policy-set.ts";
import { readWaiverFile, WAIVERS_PATH } from "../../../rules/waivers/waiver-file.ts";
import { policySource, workflow } from "../sample-evidence.ts";
import { evidenceUnder, GRANTS, judged, PATH, REPOSITORY, waiverOf } from "./waived.ts";

const POLICIES = `${GRANTS}    waivable: file\n`;
const WRITES = [
  { path: PATH, base: workflow("contents: read"), head: workflow("contents: write") },
];
const waiver = waiverOf(POLICIES, WRITES);
const ENTRY = {
  ...{ id: "a-1", policy: "grants", document: waiver.document, repository: REPOSITORY },
  ...{ commit: waiver.commit, findings: waiver.findings, owner: "bo", reason: "split later" },
  ...{ granted: "2026-06-10", expires: "2026-07-01" },
};

function fileOf(...entries: readonly object[]): string {
  return `version: 1\nwaivers:\n${entries.map((one) => `  - ${JSON.stringify(one)}\n`).join("")}`;
}

function read(text: string, policies = POLICIES) {
  const given = evidenceUnder(policies, WRITES);
  const waiverFile = readWaiverFile(policySource(text, WAIVERS_PATH), given.policies);
  const set: PolicySet = { ...given.policies, waiverFile };
  return { waiverFile, evidence: { ...given, policies: set } };
}

test("a waiver of the file settles what it names, and its owner stands for it", () => {
  const { waiverFile, evidence } = read(fileOf({ ...ENTRY, granted: "2026-06-15" }));
  expect(waiverFile.problems).toEqual([]);
  const { decision, reasons } = judged(evidence, null).verdict;
  expect(decision).toBe("ALLOW");
  expect(reasons[0]?.settledBy[0]).toMatchObject({
    kind: "waiver",
    actor: "bo",
    until: "2026-07-01",
  });
});

test("where the App records, the file is not looked at: neither waivers nor problems", () => {
  const { evidence } = read(fileOf(ENTRY, { id: "broken" }));
  const { decision, policyIds } = judged({ ...evidence, origin: "app" }, null).verdict;
  expect({ decision, policyIds }).toEqual({ decision: "DENY", policyIds: ["grants"] });
});

describe("what is wrong in the file", () => {
  test.each([
    { when: "nothing at all", text: "", at: "1:1" },
    { when: "no YAML", text: "version: [", at: "1:" },
    { when: "a list", text: "- 1\n", at: "1:1", message: "a file of waivers is a map" },
    { when: "another version", text: "version: 2\nwaivers: []\n", at: "1:10", message: "version" },
    { when: "a key of another place", text: "version: 1\nwaivers: []\npolicy: a\n", at: "3:1" },
    { when: "a waiver that is none", text: "version: 1\nwaivers: [1]\n", at: "2:11" },
  ])("$when", ({ text, at, message = "" }) => {
    const { waiverFile, evidence } = read(text);
    expect(waiverFile.waivers).toEqual([]);
    const [problem] = waiverFile.problems;
    expect(`${problem?.line}:${problem?.column}`.startsWith(at)).toBe(true);
    expect(problem?.message).toContain(message);
    expect(problem?.remedy).not.toBe("");
    expect(judged(evidence, null).verdict.decision).toBe("DENY");
  });

  const without = (key: string) =>
    Object.fromEntries(Object.entries(ENTRY).filter(([name]) => name !== key));
  test.each([
    ...Object.keys(ENTRY).map((key) => ({ when: `no ${key}`, entry: without(key), says: key })),
    { when: "a malformed end", entry: { ...ENTRY, expires: "soon" }, says: "expires" },
    { when: "a short commit", entry: { ...ENTRY, commit: "1f2e3d4" }, says: "commit" },
    { when: "a blank reason", entry: { ...ENTRY, reason: " " }, says: "reason" },
    { when: "a number for the repository", entry: { ...ENTRY, repository: 7 }, says: "repository" },
    { when: "a misspelt key", entry: { ...ENTRY, reasons: "x" }, says: '"reasons"' },
    { when: "no policy of that id", entry: { ...ENTRY, policy: "grantz" }, says: "grantz" },
  ])("$when: that waiver is none, the others stand, and a warning says so", ({ entry, says }) => {
    const { waiverFile, evidence } = read(fileOf(entry, { ...ENTRY, id: "a-2" }));
    expect(waiverFile.waivers.map(({ id }) => id)).toEqual(["a-2"]);
    expect(waiverFile.problems.map(({ message }) => message).join()).toContain(says);
    expect(waiverFile.problems[0]?.line).toBe(3);
    const { decision, policyIds } = judged(evidence, null).verdict;
    expect({ decision, policyIds }).toEqual({
      decision: "WARN",
      policyIds: ["bailiff/policy-error"],
    });
  });

  test("an id that is taken", () => {
    const { waiverFile } = read(fileOf(ENTRY, ENTRY));
    expect(waiverFile.problems).toMatchObject([
      { line: 4, message: "the id a-1 is already taken" },
    ]);
  });

  test("a policy that a file may not waive", () => {
    const { waiverFile } = read(fileOf(ENTRY), GRANTS);
    expect(waiverFile).toMatchObject({ waivers: [], problems: [{ line: 3 }] });
  });

  test("an end in the past is no problem, and waives nothing", () => {
    const { waiverFile, evidence } = read(fileOf({ ...ENTRY, expires: "2026-06-12" }));
    expect(waiverFile.problems).toEqual([]);
    expect(judged(evidence, null).verdict.decision).toBe("DENY");
  });
});
