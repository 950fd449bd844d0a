import { expect, test } from "vitest";
import { repositorySettings } from "../../../rules/capabilities/repository-settings.ts";
import { diffOf, shown } from "./changes.ts";

const PATH = ".github/settings.yml";

function facts(base: string, head: string): string[] {
  return diffOf({ [PATH]: base }, { [PATH]: head }).map(shown);
}

const protectedBy = (requirements: string): string => {
  return `branches:\n  - name: main\n    protection: {${requirements}}\n`;
};

test.each([
  { path: PATH, claim: "grants" },
  { path: ".asf.yaml", claim: "grants" },
  { path: ".github/repos/a.yml", claim: "resembles" },
  { path: ".github/suborgs/a.yml", claim: "resembles" },
  { path: "a/.github/settings.yml", claim: null },
  { path: "settings.yml", claim: null },
])("$path is claimed as $claim", ({ path, claim }) => {
  expect(repositorySettings.claims(path)).toBe(claim);
});

test.each([
  {
    when: "an entry turns off its protection",
    base: protectedBy("enforce_admins: true"),
    head: "branches:\n  - name: main\n    protection: null\n",
    seen: [
      "removed branch main enforce_admins required→- settings.yml:3",
      "removed branch main protection required→- settings.yml:2",
    ],
  },
  {
    when: "a later entry of the same name turns it off",
    base: protectedBy("enforce_admins: true"),
    head: `${protectedBy("enforce_admins: true")}  - name: main\n    protection: null\n`,
    seen: [
      "removed branch main enforce_admins required→- settings.yml:3",
      "removed branch main protection required→- settings.yml:2",
    ],
  },
  {
    when: "a requirement is no boolean any more",
    base: protectedBy("enforce_admins: true"),
    head: protectedBy('enforce_admins: "false"'),
    seen: ["removed branch main enforce_admins required→- settings.yml:3"],
  },
  {
    when: "fewer approvals are required",
    base: protectedBy("required_pull_request_reviews: {required_approving_review_count: 2}"),
    head: protectedBy("required_pull_request_reviews: {required_approving_review_count: 1}"),
    seen: ["lowered branch main approving reviews 2→1 settings.yml:3"],
  },
  {
    when: "a check is required by its App instead",
    base: protectedBy("required_status_checks: {contexts: [a, b]}"),
    head: protectedBy("required_status_checks: {checks: [{context: a, app_id: 1}]}"),
    seen: ["removed branch main check b required→- settings.yml:3"],
  },
  {
    when: "another one is let past",
    base: protectedBy("restrictions: {users: [ann]}"),
    head: protectedBy("restrictions: {users: [bo]}"),
    seen: ["raised branch main push -→- settings.yml:3"],
  },
  {
    when: "everybody may push over what is there",
    base: protectedBy("enforce_admins: true"),
    head: protectedBy("enforce_admins: true, allow_force_pushes: true"),
    seen: ["raised branch main allow_force_pushes -→- settings.yml:3"],
  },
  {
    when: "the protection goes to another branch",
    base: protectedBy("enforce_admins: true"),
    head: protectedBy("enforce_admins: true").replace("main", "next"),
    seen: [
      "removed branch main enforce_admins required→- settings.yml:3",
      "removed branch main protection required→- settings.yml:2",
    ],
  },
  {
    when: "a ruleset is only evaluated",
    base: "rulesets:\n- {name: a, enforcement: active, rules: [{type: deletion}]}\n",
    head: "rulesets:\n- {name: a, enforcement: evaluate, rules: [{type: deletion}]}\n",
    seen: [
      "removed ruleset a deletion required→- settings.yml:2",
      "removed ruleset a protection required→- settings.yml:2",
    ],
  },
  {
    when: "the repository is opened",
    base: "repository: {private: true}\n",
    head: "repository: {private: true, visibility: public}\n",
    seen: ["removed repository private required→- settings.yml:1"],
  },
  {
    when: "a ruleset is about tags instead",
    base: "rulesets:\n- {name: a, enforcement: active, conditions: {ref_name: {include: [main]}}}\n",
    head: "rulesets:\n- {name: a, target: tag, enforcement: active, conditions: {ref_name: {include: [main]}}}\n",
    seen: ["removed ruleset a covers main required→- settings.yml:2"],
  },
  {
    when: "any app may say a ruleset's check",
    base: "rulesets:\n- {name: a, enforcement: active, rules: [{type: required_status_checks, parameters: {required_status_checks: [{context: t, integration_id: 7}]}}]}\n",
    head: "rulesets:\n- {name: a, enforcement: active, rules: [{type: required_status_checks, parameters: {required_status_checks: [{context: t}]}}]}\n",
    seen: ["removed ruleset a check t by app 7 required→- settings.yml:2"],
  },
  {
    when: "another app may say a branch's check",
    base: protectedBy("required_status_checks: {checks: [{context: a, app_id: 1}]}"),
    head: protectedBy("required_status_checks: {checks: [{context: a, app_id: -1}]}"),
    seen: ["removed branch main check a by app 1 required→- settings.yml:3"],
  },
  {
    when: "others let a deployment through",
    base: "environments:\n- {name: live, reviewers: [{type: User, id: 1}]}\n",
    head: "environments:\n- {name: live, reviewers: [{type: User, id: 2}]}\n",
    seen: ["raised environment live reviewers -→- settings.yml:2"],
  },
  {
    when: "more branches are deployed",
    base: "environments:\n- {name: live, deployment_branch_policy: {protected_branches: true}}\n",
    head: "environments:\n- {name: live, deployment_branch_policy: {custom_branch_policies: ['*']}}\n",
    seen: ["raised environment live branches -→- settings.yml:2"],
  },
  {
    when: "branches are deployed that are named elsewhere",
    base: "environments:\n- {name: live, deployment_branch_policy: {protected_branches: true}}\n",
    head: "environments:\n- {name: live, deployment_branch_policy: {custom_branch_policies: true}}\n",
    seen: ["raised environment live branches -→- settings.yml:2"],
  },
  {
    when: "a deployment waits for less time",
    base: "environments:\n- {name: live, wait_timer: 30}\n",
    head: "environments:\n- {name: live, wait_timer: 10}\n",
    seen: [
      "removed environment live wait_timer of 15 minutes required→- settings.yml:2",
      "removed environment live wait_timer of 30 minutes required→- settings.yml:2",
    ],
  },
  {
    when: "a deployment no longer waits for anybody",
    base: "environments:\n- {name: live, reviewers: [{type: User, id: 1}]}\n",
    head: "environments:\n- {name: live, reviewers: []}\n",
    seen: ["removed environment live reviewers required→- settings.yml:2"],
  },
])("a guard is seen to be weakened where $when", ({ base, head, seen }) => {
  const weakened = facts(base, head).filter((fact) =>
    /^(?:removed .*required|lowered|raised)/.test(fact),
  );
  expect(weakened.sort()).toEqual(seen);
});

test.each([
  { what: "private: false", head: "repository: {private: false}\n", name: "public" },
  { what: "visibility: public", head: "repository: {visibility: Public}\n", name: "public" },
  {
    what: "another default branch",
    head: "repository: {default_branch: next}\n",
    name: "default branch next",
  },
])("$what opens a repository of which the file has said nothing", ({ head, name }) => {
  expect(facts("", head)).toEqual([`added repository ${name} -→- settings.yml:1`]);
});

test("a usual default branch opens nothing", () => {
  expect(facts("", "repository: {default_branch: main}\n")).toEqual([]);
});

test("settings that are taken from elsewhere are told as they come and as they go", () => {
  const text = "_extends: acme/.github\n";
  expect(facts("", text)).toContain("added repository settings of acme/.github -→- settings.yml:1");
  expect(facts(text, "")).toContain(
    "removed repository settings of acme/.github required→- settings.yml:1",
  );
});

test("a tag that .asf.yaml protects no longer is told", () => {
  const path = ".asf.yaml";
  const base = { [path]: "github: {protected_tags: [v*, w*]}\n" };
  const head = { [path]: "github: {protected_tags: [v*]}\n" };
  expect(diffOf(base, head).map(shown)).toEqual([
    "removed tag w* protection required→- .asf.yaml:1",
  ]);
});

test.each([
  {
    when: "is let in as an administrator",
    entry: "collaborators: [{username: ann, permission: admin}]",
    seen: "added user ann -→admin settings.yml:1",
  },
  {
    when: "gets no permission by name",
    entry: "teams: [{name: core}]",
    seen: "added team core -→write settings.yml:1",
  },
  {
    when: "gets a role of the organisation's own",
    entry: "teams: [{name: core, permission: releaser}]",
    seen: "added team core -→maintain settings.yml:1",
  },
  {
    when: "gets a role that is called like a property of every object",
    entry: "teams: [{name: core, permission: constructor}]",
    seen: "added team core -→maintain settings.yml:1",
  },
])("who $when is told", ({ entry, seen }) => {
  expect(facts("", entry)).toEqual([seen]);
});

test.each([
  {
    when: "private is said in another way",
    base: "repository: {private: true}",
    head: "repository: {visibility: private}",
  },
  {
    when: "vulnerability alerts are, too",
    base: "repository: {enable_vulnerability_alerts: true}",
    head: "security: {enableVulnerabilityAlerts: true}",
  },
  {
    when: "a branch's entry is moved",
    base: `${protectedBy("enforce_admins: true")}  - {name: b, protection: {lock_branch: true}}\n`,
    head: "branches:\n  - {name: b, protection: {lock_branch: true}}\n  - {name: main, protection: {enforce_admins: true}}\n",
  },
])("nothing is told where $when", ({ base, head }) => {
  expect(facts(base, head)).toEqual([]);
});

test.each([
  { what: "a list", text: "- a\n", code: "no-settings" },
  { what: "a key twice", text: "branches: []\nbranches: []\n", code: "duplicate-key" },
  { what: "no YAML", text: "a: [\n", code: "not-yaml" },
])("$what is not understood", ({ text, code }) => {
  expect(repositorySettings.read(PATH, new TextEncoder().encode(text))).toMatchObject({ code });
});
