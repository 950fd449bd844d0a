import { describe, expect, test } from "vitest";
import { joinBreakGlass } from "../../../rules/break-glass/people.ts";
import type { Override } from "../../../rules/break-glass/override.ts";
import { mayOverride } from "../../../rules/break-glass/standing.ts";
import type { Evidence } from "../../../rules/evidence.ts";
import { judge } from "../../../rules/judge.ts";
import { loadPolicies } from "../../../rules/policy/load.ts";
import { parseVerdict } from "../../../rules/verdict/schema.ts";
import { HEAD, policySource, problemsOf, workflow } from "../sample-evidence.ts";
import { evidenceUnder, GRANTS, NOW, PATH, REPOSITORY } from "../waivers/waived.ts";

const POLICIES = GRANTS.replace("version: 1", "version: 1\nbreak_glass: { users: [ann, bo] }");
const BROKEN = POLICIES.replace("decision: DENY", "decision: NO");
const FILES = [
  { path: PATH, base: workflow("contents: read"), head: workflow("contents: write") },
  { path: ".github/workflows/b.yml", head: "on: [" },
];
const ann = { login: "ann", proven: false, via: [] };
const override: Override = {
  ...{ id: "o1", repositoryId: REPOSITORY, head: HEAD, by: ann },
  ...{ reason: "production is down", at: NOW },
};

function verdictWith(
  overrides: readonly Override[],
  policies = POLICIES,
  more: Partial<Evidence> = {},
) {
  const evidence = evidenceUnder(policies, FILES, more);
  return judge({ ...evidence, external: { ...evidence.external, overrides } });
}

test("an override settles every reason, each shown with who, why and when", () => {
  const before = verdictWith([]).verdict;
  const { verdict, checks } = verdictWith([override]);
  expect(before.decision).toBe("DENY");
  expect(verdict.decision).toBe("ALLOW");
  expect(verdict.reasons).toHaveLength(before.reasons.length);
  for (const { settledBy } of verdict.reasons) {
    const { id, reason, at } = override;
    expect(settledBy).toEqual([{ kind: "override", id, actor: "ann", at, reason }]);
  }
  expect(new Set(checks.map(({ outcome }) => outcome))).toEqual(new Set(["overridden"]));
  expect(parseVerdict(JSON.stringify(verdict))).toEqual(verdict);
});

test("also what a policy's error and incomplete evidence deny", () => {
  const { verdict } = verdictWith([override], BROKEN);
  const ids = new Set(verdict.reasons.map(({ policyId }) => policyId));
  expect(ids).toEqual(new Set(["bailiff/policy-error", "bailiff/incomplete-evidence"]));
  expect(verdict.decision).toBe("ALLOW");
});

describe("an override does not stand", () => {
  test.each<{ when: string; override: Partial<Override>; policies?: string }>([
    { when: "for another head", override: { head: "e".repeat(40) } },
    { when: "for another repository", override: { repositoryId: "8" } },
    {
      when: "by somebody whom the policies do not name",
      override: { by: { ...ann, login: "cy" } },
    },
    { when: "without a reason", override: { reason: " " } },
    { when: "from the future", override: { at: "2026-06-15T12:00:01Z" } },
    { when: "at no time", override: { at: "now" } },
    { when: "where the policies name nobody", override: {}, policies: GRANTS },
  ])("$when", ({ override: more, policies }) => {
    expect(verdictWith([{ ...override, ...more }], policies).verdict.decision).toBe("DENY");
  });

  test("where nobody knows which repository this is", () => {
    const { repository } = evidenceUnder(POLICIES, FILES);
    const unknown = { repository: { ...repository, id: null } };
    expect(verdictWith([override], POLICIES, unknown).verdict.decision).toBe("DENY");
  });
});

test.each([
  { layers: [undefined], who: "nobody" },
  { layers: [{ users: ["ann"] }], who: "ann" },
  { layers: [{ users: ["ANN"] }], who: "ann" },
  { layers: [{ users: ["ann"] }, undefined], who: "nobody" },
  { layers: [{ users: ["ann"] }, { users: ["bo"] }], who: "nobody" },
  { layers: [{ users: ["ann"] }, { users: ["bo", "ann"] }], who: "ann" },
  { layers: [{ teams: ["acme/ops"] }], who: "nobody" },
])("of the layers $layers $who may override", ({ layers, who }) => {
  const people = joinBreakGlass(
    layers.map((one) => one && { users: undefined, teams: undefined, ...one }),
  );
  expect(mayOverride(people, ann)).toBe(who === "ann");
});

test("a team may only where that is proven", () => {
  const people = joinBreakGlass([{ users: undefined, teams: ["acme/ops"] }]);
  const via = ["team:acme/ops"];
  expect(mayOverride(people, { ...ann, via })).toBe(false);
  expect(mayOverride(people, { ...ann, proven: true, via })).toBe(true);
});

test("a pack names nobody, and takes nothing from the file that extends it", () => {
  const extending = POLICIES.replace("policies:", "extends: [bailiff:recommended@1]\npolicies:");
  const { breakGlass = null } = loadPolicies([policySource(extending)], false);
  expect(mayOverride(breakGlass, ann)).toBe(true);
});

test.each([
  { lines: "break_glass: {}", at: "2:14", says: "break_glass" },
  { lines: "break_glass: { people: [ann] }", at: "2:16", says: '"people"' },
  { lines: 'break_glass: { users: ["@ann"] }', at: "2:24", says: "users" },
  { lines: 'waivers: { longest: "30" }', at: "2:21", says: "longest" },
  { lines: "waivers: { longest: 0d }", at: "2:21", says: "longest" },
  { lines: "waivers: { grant: { teams: [security] } }", at: "2:29", says: "teams" },
  { lines: "waivers: { grant: { roles: [owner] } }", at: "2:29", says: "roles" },
  { lines: "waivers: { longst: 30d }", at: "2:12", says: '"longst"' },
])("a mistake in $lines stands at its place", ({ lines, at, says }) => {
  const problems = problemsOf(GRANTS.replace("version: 1", `version: 1\n${lines}`));
  const problem = problems.find(({ message }) => message.includes(says));
  expect(problem?.at).toMatch(new RegExp(`^${at}`));
  expect(problem?.remedy).not.toBe("");
});
