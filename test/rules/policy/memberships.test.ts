import { describe, expect, test } from "vitest";
import { verdictRecord } from "../../../maestro/verdict-record.ts";
import type { External } from "../../../rules/facts/facts.ts";
import { NOTHING_KNOWN } from "../../../rules/facts/unknown.ts";
import { judge } from "../../../rules/judge.ts";
import { askedMemberships } from "../../../rules/policy/memberships.ts";
import { action } from "../../maestro/fake-ports.ts";
import {
  evidenceOf,
  policyFileOf,
  policyOf,
  policySource,
  problemsOf,
} from "../sample-evidence.ts";

function judged(lines: string, memberships: NonNullable<External["memberships"]>) {
  const external = { ...NOTHING_KNOWN, memberships };
  return judge({ ...evidenceOf([], [policySource(policyFileOf(lines))]), external });
}

const bots = ["acme/bots"];

test.each([
  { only: "action.author.teams: acme/bots", teams: bots, outcome: "fail" },
  { only: "action.author.teams: acme/bots", teams: [], outcome: "pass" },
  { only: "action.author.teams: acme/bots", teams: null, outcome: "error" },
  { only: "action.author.teams: { not: acme/bots }", teams: [], outcome: "fail" },
  { only: "action.author.teams: { lacks: [acme/bots, acme/x] }", teams: bots, outcome: "pass" },
  { only: "action.author.organisations: { lacks: acme }", teams: bots, outcome: "fail" },
])("{ $only } of the teams $teams: $outcome", ({ only, teams, outcome }) => {
  const { checks } = judged(`only: { ${only} }`, { teams, organisations: [] });
  expect(checks.find(({ policyId }) => policyId === "rule")?.outcome).toBe(outcome);
});

test.each([
  { lines: "when: true", teams: [], organisations: [] },
  {
    lines:
      "only: { action.author.teams: [acme/b, Acme/A], action.author.organisations: { not: acme } }",
    teams: ["Acme/A", "acme/b"],
    organisations: ["acme"],
  },
  {
    lines: 'when: { "!": [{ in: [acme/a, { var: action.author.teams }] }] }',
    teams: ["acme/a"],
    organisations: [],
  },
  {
    lines:
      'when: { none: [{ var: action.author.teams }, { in: [{ var: "" }, [acme/a, acme/b]] }] }',
    teams: ["acme/a", "acme/b"],
    organisations: [],
  },
])("those that a policy names are asked for: $lines", ({ lines, teams, organisations }) => {
  expect(askedMemberships([policyOf(lines)])).toEqual({ teams, organisations });
});

describe("what names nobody is refused", () => {
  test.each([
    "only: { action.author.teams: security }",
    "only: { action.author.organisations: acme/security }",
    "only: { action.author.teams: { matches: bots } }",
    "only: { action.author.teams: { has: acme/bots, not: bots } }",
    'when: { "!": [{ var: action.author.teams }] }',
    "when: { some: [{ var: action.author.teams }, true] }",
    'when: { ">": [{ reduce: [{ var: action.author.teams }, { "+": [{ var: accumulator }, 1] }, 0] }, 1] }',
  ])("%s", (lines) => {
    const [problem] = problemsOf(policyFileOf(lines));
    expect(problem?.message).toMatch(/that are named can be told/);
  });

  test("nor may a message show of which teams somebody is", () => {
    const lines = 'only: { action.author.teams: acme/bots }\nmessage: "{{action.author.teams}}"';
    expect(problemsOf(policyFileOf(lines))).toMatchObject([{ at: "6:14" }]);
  });
});

test("of which teams somebody is stands on no record in clear", () => {
  const lines = "only: { action.author.teams: acme/bots }";
  const judgement = judged(lines, { teams: bots, organisations: ["acme"] });
  expect(judgement.facts.action.author).toMatchObject({ teams: bots, organisations: ["acme"] });
  const { listing, policies } = evidenceOf([], [policySource(policyFileOf("when: true"))]);
  const evaluator = { id: "bailiff", version: "0", digest: "0".repeat(64) } as const;
  const observed = { size: 1, root: "AAAA" };
  const record = verdictRecord({
    external: NOTHING_KNOWN,
    ...{ action, listing, filesDigest: "f".repeat(64), policies, judgement, evaluator, observed },
  });
  const { author } = (record.predicate as unknown as { action: { author: object } }).action;
  expect(author).toMatchObject({ login: "ann", teams: { count: 1 }, organisations: { count: 1 } });
  expect(JSON.stringify(record.predicate)).not.toContain('acme/bots"]');
});
