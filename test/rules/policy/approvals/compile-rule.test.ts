import { expect, test } from "vitest";
import { policyFileOf, policyOf, problemsOf } from "../../sample-evidence.ts";

const problems = (rule: string) =>
  problemsOf(policyFileOf(`when: true\nunless: { approved_by: ${rule} }`));

test.each([
  { rule: "{ teams: [security] }", at: "6:38", remedy: "organisation/team" },
  { rule: "{ teams: ['@acme/security'] }", at: "6:38", remedy: "without @" },
  { rule: "{ teams: [acme/a, Acme/A] }", at: "6:37", remedy: "list each once" },
  { rule: "{ organisations: [acme/a] }", at: "6:46", remedy: "organisations" },
  { rule: "{ roles: [owner] }", at: "6:38", remedy: "read, triage, write, maintain, admin" },
  { rule: "{ owners: false }", at: "6:38", remedy: "owners: true, or leave it out" },
  { rule: "{ users: [a], all: [{ owners: true }] }", at: "6:30", remedy: "inside all" },
  { rule: "{ any: [{ users: [a] }], all: [{ users: [a] }] }", at: "6:30", remedy: "inside all" },
  { rule: "{ any: [{ users: [a] }], count: 2 }", at: "6:53", remedy: "inside any" },
  { rule: "{ any: [] }", at: "6:35", remedy: "1 to 20 groups" },
  { rule: "{ any: [{ user: [a] }] }", at: "6:38", remedy: "did you mean users?" },
  { rule: "{ any: [{ survives: paths }] }", at: "6:38", remedy: "use users, teams" },
  { rule: "{ not: {} }", at: "6:35", remedy: "not: { users: [eve] }" },
  { rule: "{ not: { owners: true } }", at: "6:37", remedy: "use users, teams" },
  { rule: "{ users: [a], not: { users: [A] } }", at: "6:28", remedy: "lower count" },
  {
    rule: "{ ignoring: { bot: false } }",
    at: "6:42",
    remedy: "author, committer, co-author, pusher",
  },
  { rule: "{ ignoring: { author: 1 } }", at: "6:50", remedy: "true or false" },
  { rule: "{ survives: all }", at: "6:40", remedy: "change, paths or nothing" },
  { rule: "{ scope: file, owners: true }", at: "6:37", remedy: "paths or change" },
  { rule: "{ scope: change }", at: "6:37", remedy: "add owners: true" },
])("$rule is refused at its place, with what to write", ({ rule, at, remedy }) => {
  expect(problems(rule)).toEqual([expect.objectContaining({ at })]);
  expect(problems(rule)[0]?.remedy).toContain(remedy);
});

test("what a rule does not say is the strictest", () => {
  expect(policyOf("when: true\nunless: { approved_by: {} }").approvedBy).toEqual({
    node: {
      ...{ is: "group", users: [], teams: [], organisations: [], roles: [] },
      ...{ owners: false, count: 1, not: [] },
    },
    ignoring: ["author", "committer", "co-author", "pusher"],
    survives: "change",
    scope: "paths",
  });
});
