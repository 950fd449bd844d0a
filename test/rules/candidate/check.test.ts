import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import { candidateChecks } from "../../../rules/candidate/check.ts";
import type { FileMode, Listing } from "../../../rules/change/listing.ts";
import { judge } from "../../../rules/judge.ts";
import { canonicalVerdict } from "../../../rules/verdict/schema.ts";
import { changeOf, type ChangedText, evidenceOf, policySource } from "../sample-evidence.ts";

const POLICY = ".github/bailiff.yml";
const CASES = ".github/bailiff.test.yml";

const rule = (more: string) => `version: 1\npolicies:\n  - { id: code, ${more} }\n`;
const SOUND = rule('decision: WARN, each: files, match: { path: "src/**" }');
const BROKEN = rule('decision: WARN, each: files, macht: { path: "src/**" }');
const cases = (want: string, change = "files: { src/a: { head: a } }") =>
  `version: 1\ncases:\n  - { name: code, ${change}, want: ${want} }\n`;

function reasonsOf(files: readonly ChangedText[], more: Partial<Listing> = {}) {
  const { listing, contents } = changeOf(files);
  const checks = candidateChecks({ listing: { ...listing, ...more }, contents });
  return checks.flatMap(({ reasons }) =>
    reasons.map(({ decision, path, side, line, message, remedy }) => {
      expect(remedy).not.toBe("");
      return `${decision} ${path}${side === "base" ? " (before)" : ""}:${line} ${message}`;
    }),
  );
}

test.each<{ when: string; files: ChangedText[]; told: (string | RegExp)[] }>([
  {
    when: "a sound policy file comes in",
    files: [{ path: POLICY, head: SOUND }],
    told: [],
  },
  {
    when: "the policy file breaks",
    files: [{ path: POLICY, base: SOUND, head: BROKEN }],
    told: [`DENY ${POLICY}:3 a policy says when it fires`, `DENY ${POLICY}:3 unknown key "macht"`],
  },
  {
    when: "the policy file is no YAML",
    files: [{ path: POLICY, base: SOUND, head: "version: [\n" }],
    told: [/^DENY .github\/bailiff.yml:\d+ the policy file cannot be read/],
  },
  {
    when: "the policy file is too large",
    files: [{ path: POLICY, head: `${SOUND}#${"x".repeat(300_000)}` }],
    told: [/^DENY .github\/bailiff.yml:1 the policy file cannot be read/],
  },
  {
    when: "the policy file is emptied",
    files: [{ path: POLICY, base: SOUND, head: "" }],
    told: [/^DENY .github\/bailiff.yml:1 /],
  },
  {
    when: "the policy file is removed",
    files: [{ path: POLICY, base: SOUND }],
    told: [/^WARN .github\/bailiff.yml \(before\):null this change leaves no policies/],
  },
  {
    when: "its cases are as wanted",
    files: [
      { path: POLICY, base: BROKEN, head: SOUND },
      { path: CASES, head: cases("WARN") },
    ],
    told: [],
  },
  {
    when: "a case is not as wanted",
    files: [
      { path: POLICY, head: SOUND },
      { path: CASES, head: cases("DENY") },
    ],
    told: [`WARN ${CASES}:3 the case code: wanted DENY, got WARN (code: code)`],
  },
  {
    when: "a case is about commits, which are not here",
    files: [
      { path: POLICY, head: SOUND },
      { path: CASES, head: cases("DENY", "range: { base: a, head: b }") },
    ],
    told: [],
  },
  {
    when: "the cases cannot be read",
    files: [
      { path: POLICY, head: SOUND },
      { path: CASES, head: cases("MAYBE") },
    ],
    told: [`WARN ${CASES}:3 want cannot be "MAYBE"`],
  },
  {
    when: "the cases are no YAML",
    files: [
      { path: POLICY, head: SOUND },
      { path: CASES, head: "version: [\n" },
    ],
    told: [/^WARN .github\/bailiff.test.yml:\d+ the file of cases cannot be read/],
  },
  {
    when: "the policies are broken, so that no case can be tried",
    files: [
      { path: POLICY, head: "version: 2\n" },
      { path: CASES, head: cases("DENY") },
    ],
    told: [/^DENY .github\/bailiff.yml:1 version/],
  },
  {
    when: "the cases are removed with the policies standing",
    files: [{ path: CASES, base: cases("WARN") }],
    told: [],
  },
  {
    when: "a case brings policies of its own, which are not tried in it",
    told: [],
    files: [
      { path: POLICY, head: SOUND },
      { path: CASES, head: cases("ALLOW", `files: { ${POLICY}: { head: broken } }`) },
    ],
  },
  { when: "the change is about other files", files: [{ path: "src/a", head: "a" }], told: [] },
])("$when", ({ files, told }) => {
  expect(reasonsOf(files)).toEqual(
    told.map((one) => (typeof one === "string" ? one : (expect.stringMatching(one) as string))),
  );
});

describe("what the change leaves as it is", () => {
  const text = { [POLICY]: SOUND, [CASES]: cases("DENY") };
  const standing = (paths: (keyof typeof text)[]) => {
    const { listing, contents } = changeOf(
      paths.map((path) => ({ path, base: text[path], head: text[path] })),
    );
    return { candidate: listing.files, contents };
  };

  test.each([
    ["the cases are tried by the policies that come in", [POLICY], [CASES]],
    ["the policies are tried by the cases that come in", [CASES], [POLICY]],
  ] as const)("%s", (_, changed, left) => {
    const { candidate, contents } = standing([...left]);
    const change = changeOf(changed.map((path) => ({ path, head: text[path] })));
    const checks = candidateChecks({
      listing: { ...change.listing, candidate },
      contents: new Map([...contents, ...change.contents]),
    });
    expect(checks.flatMap(({ reasons }) => reasons)).toMatchObject([{ path: CASES, line: 3 }]);
  });
});

test.each<[string, FileMode]>([
  ["link", "120000"],
  ["submodule", "160000"],
])("a %s in the place of the policy file denies", (_, mode) => {
  const { listing, contents } = changeOf([{ path: POLICY, head: SOUND }]);
  const files = listing.files.map((file) => ({ ...file, head: { oid: "a".repeat(40), mode } }));
  const [check] = candidateChecks({ listing: { ...listing, files }, contents });
  expect(check).toMatchObject({ outcome: "fail", reasons: [{ decision: "DENY", path: POLICY }] });
});

test("what was not gathered denies", () => {
  const { listing } = changeOf([{ path: POLICY, head: SOUND }]);
  const [check] = candidateChecks({ listing, contents: new Map() });
  expect(check?.reasons).toMatchObject([{ decision: "DENY", path: POLICY }]);
  expect(check?.reasons[0]?.message).toContain("not there");
});

test("very many problems are counted, and the verdict still is one", () => {
  const policies = Array.from({ length: 999 }, (_, index) => `  - { id: p${index}, a: 1, b: 2 }`);
  const files = [{ path: POLICY, head: `version: 1\npolicies:\n${policies.join("\n")}\n` }];
  const { checks } = judge(evidenceOf(files, [policySource(SOUND)]));
  const check = checks.find(({ policyId }) => policyId === "bailiff/policy-candidate");
  expect(check?.reasons).toHaveLength(1000);
  expect(check?.reasonsOmitted).toBeGreaterThan(1000);
});

describe("the verdict", () => {
  const pool: ChangedText[] = [
    { path: POLICY, base: SOUND, head: BROKEN },
    { path: CASES, head: cases("DENY") },
    { path: "src/a", head: "a" },
  ];
  const RANK = { ALLOW: 0, WARN: 1, DENY: 2 };

  test("is the present policies' own, and what is wrong with the new ones is only added", () => {
    const lax = rule('decision: WARN, each: files, match: { path: "nothing" }');
    const files = [
      { path: POLICY, base: SOUND, head: lax },
      { path: "src/a", head: "a" },
    ];
    const { verdict } = judge(evidenceOf(files, [policySource(SOUND)]));
    expect(verdict).toMatchObject({ decision: "WARN", policyIds: ["code"] });
  });

  test("never improves by what comes along, and is the same bytes in any order", () => {
    fc.assert(
      fc.property(fc.subarray(pool), fc.subarray(pool), (some, more) => {
        const all = pool.filter((file) => some.includes(file) || more.includes(file));
        const judged = (files: readonly ChangedText[]) =>
          judge(evidenceOf(files, [policySource(SOUND)])).verdict;
        expect(RANK[judged(all).decision]).toBeGreaterThanOrEqual(RANK[judged(some).decision]);
        const turned = judge(evidenceOf(all.toReversed(), [policySource(SOUND)])).verdict;
        expect(canonicalVerdict(turned)).toBe(canonicalVerdict(judged(all)));
      }),
      { numRuns: 12 },
    );
  });
});
