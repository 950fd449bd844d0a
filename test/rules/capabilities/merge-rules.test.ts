import { expect, test } from "vitest";
import { mergeRules } from "../../../rules/capabilities/merge-rules.ts";
import { diffOf, shown } from "./changes.ts";

function facts(path: string, base: string, head: string): string[] {
  return diffOf({ [path]: base }, { [path]: head }).map(shown);
}

/** A rule that merges, with its conditions as a flow list. */
function mergify(conditions: string): string {
  return `pull_request_rules:\n- name: a\n  actions: {merge: {}}\n  conditions: [${conditions}]\n`;
}

test.each([
  [".mergify.yml", "grants"],
  [".github/mergify.yml", "grants"],
  [".mergify/config.yml", "grants"],
  [".mergify.yaml", "grants"],
  [".github/mergeable.yml", "grants"],
  [".policy.yml", "grants"],
  [".github/.kodiak.toml", "grants"],
  [".bulldozer.yml", "grants"],
  ["docs/.mergify.yml", null],
])("%s is claimed as %s", (path, claim) => {
  expect(mergeRules.claims(path)).toBe(claim);
});

test.each([
  { what: "a condition less", base: "label=a, check-success=b", head: "check-success=b" },
  { what: "a lower number", base: '"#approved-reviews-by>=2"', head: '"#approved-reviews-by>=1"' },
  { what: "one more alternative", base: "{or: [label=a]}", head: "{or: [label=a, label=b]}" },
  { what: "a condition instead of another", base: "label=a", head: "label=b" },
  { what: "what is denied no longer being so", base: "-label=a", head: "label!=b" },
])("$what raises a rule that merges", ({ base, head }) => {
  const [fact, ...others] = facts(".mergify.yml", mergify(base), mergify(head));
  expect(fact).toMatch(/^raised a merge/);
  expect(others).toEqual([]);
});

test.each([
  { what: "a condition more", base: "label=a", head: "label=a, label=b" },
  { what: "a higher number", base: '"#approved-reviews-by>=1"', head: '"#approved-reviews-by>1"' },
  { what: "an alternative less", base: "{or: [label=a, label=b]}", head: "{or: [label=a]}" },
])("$what raises nothing", ({ base, head }) => {
  const raised = facts(".mergify.yml", mergify(base), mergify(head));
  expect(raised.filter((fact) => !fact.startsWith("lowered"))).toEqual([]);
});

test.each([
  { base: "status-success=a", head: '"check-success = a"' },
  { base: "-label=a", head: '"label != a"' },
  { base: "{and: [label=a, label=b]}", head: "label=b, label=a" },
  { base: "author=a", head: "'author:\"a\"'" },
  { base: "constructor=a", head: '"constructor == a"' },
])("$base says what $head does", ({ base, head }) => {
  expect(facts(".mergify.yml", mergify(base), mergify(head))).toEqual([]);
});

test.each([
  { asks: '"#approved-reviews-by>=1", check-success=a', level: "reviewed" },
  { asks: "check-success=a, author=b", level: "checked" },
  { asks: "author=b", level: "unguarded" },
  { asks: '{or: ["#approved-reviews-by>=1", label=a]}', level: "unguarded" },
  { asks: '"#approved-reviews-by=0"', level: "unguarded" },
])("a rule that asks for $asks is $level", ({ asks, level }) => {
  expect(facts(".mergify.yml", "", mergify(asks))).toEqual([
    `added a merge -→${level} .mergify.yml:3`,
  ]);
});

test("a rule that queues asks for what its queue does", () => {
  const queue = "queue_rules:\n- name: q\n  merge_conditions: [check-success=t]\n";
  const rule = "pull_request_rules:\n- name: a\n  actions: {queue: {name: q}}\n";
  expect(facts(".mergify.yml", "", queue + rule)).toEqual([
    "added q queue -→- .mergify.yml:2",
    "added a queue -→checked .mergify.yml:6",
  ]);
});

test("a rule that is turned off, or only comments, does nothing", () => {
  const off = mergify("label=a").replace("name: a", "name: a\n  disabled: {reason: b}");
  const comment = mergify("label=a").replace("merge: {}", "review: {type: COMMENT}, comment: {}");
  expect(facts(".mergify.yml", "", off)).toEqual([]);
  expect(facts(".mergify.yml", "", comment)).toEqual([]);
});

function policy(rule: string, approval = "[r]"): string {
  return `policy: {approval: ${approval}}\napproval_rules:\n- name: r\n${rule}`;
}

const ASKED = "  requires: {count: 1, teams: [a/b]}\n  options: {invalidate_on_push: true}\n";

test.each([
  {
    when: "no approval is asked for",
    head: policy(ASKED.replace("count: 1", "count: 0")),
    seen: ["lowered r approvals 1→0 .policy.yml:4"],
  },
  {
    when: "the author may approve",
    head: policy(ASKED.replace("true", "true, allow_author: true")),
    seen: ["raised r approval -→- .policy.yml:3"],
  },
  {
    when: "an approval outlives a push",
    head: policy(ASKED.replace("true", "false")),
    seen: ["raised r approval -→- .policy.yml:3"],
  },
  {
    when: "a rule is skipped for some",
    head: policy(`${ASKED}  if: {targets_branch: {pattern: x}}\n`),
    seen: ["raised r approval -→- .policy.yml:3"],
  },
  {
    when: "the policy asks for another rule or it",
    head: policy(ASKED, "[{or: [r, s]}]"),
    seen: ["raised policy approve reviewed→reviewed .policy.yml:1"],
  },
  {
    when: "the policy asks for nothing",
    head: policy(ASKED, "[]"),
    seen: ["raised policy approve reviewed→unguarded .policy.yml:1"],
  },
])("policy-bot is seen to ask for less where $when", ({ head, seen }) => {
  expect(facts(".policy.yml", policy(ASKED), head)).toEqual(seen);
});

test.each([
  { what: "needs no label", from: "[merge]\n", to: "[merge]\nrequire_automerge_label = false\n" },
  {
    what: "approves by itself",
    from: "[merge]\n",
    to: '[approve]\nauto_approve_usernames = ["a"]\n[merge]\n',
  },
  {
    what: "merges another bot's updates",
    from: 'usernames = ["a"]',
    to: 'usernames = ["a", "b"]',
  },
  {
    what: "merges larger ones, however often the small ones are named",
    from: '["minor"]',
    to: '["minor", "minor", "minor", "major"]',
  },
])("Kodiak is seen where it $what", ({ from, to }) => {
  const base = '[merge]\n[merge.automerge_dependencies]\nversions = ["minor"]\nusernames = ["a"]\n';
  const seen = facts(".kodiak.toml", base, base.replace(from, to));
  expect(seen.map((fact) => fact.split(" ")[0])).toContain(
    to.includes("approve") ? "added" : "raised",
  );
});

test.each([
  { what: "a trigger more", to: "labels: [a, b]", from: "labels: [a]" },
  { what: "a check less", from: "required_statuses: [t]", to: "required_statuses: []" },
  { what: "no check at all", from: "method: squash", to: "allow_merge_with_no_checks: true" },
])("Bulldozer is seen to merge more by $what", ({ from, to }) => {
  const base = "merge:\n  trigger: {labels: [a]}\n  required_statuses: [t]\n  method: squash\n";
  expect(facts(".bulldozer.yml", base, base.replace(from, to))[0]).toMatch(
    /^raised bulldozer merge/,
  );
});

const PROTECTED = "merge_protections: [{name: a, success_conditions: [check-success=t]}]\n";

test.each([
  {
    when: "what is protected is merged by itself",
    head: `${PROTECTED}merge_protections_settings: {auto_merge_conditions: true}\n`,
    seen: ["added merge protections auto_merge_conditions -→checked .mergify.yml:2"],
  },
  {
    when: "it is by the older name",
    head: `${PROTECTED}merge_protections_settings: {auto_merge: true}\n`,
    seen: ["added merge protections auto_merge -→checked .mergify.yml:2"],
  },
  { when: "it is not", head: `${PROTECTED}merge_protections_settings: {auto_merge: false}\n` },
  {
    when: "another repository's rules count",
    head: `${PROTECTED}extends: acme\n`,
    seen: ["added acme extends -→checked .mergify.yml:2"],
  },
  {
    when: "a command is for everybody",
    head: `${PROTECTED}commands_restrictions: {queue: {conditions: [base=a]}}\n`,
    seen: ["added commands command queue -→unguarded .mergify.yml:2"],
  },
  {
    when: "a command is for some",
    head: `${PROTECTED}commands_restrictions: {queue: {conditions: ["sender=@acme/a"]}}\n`,
    seen: ["added commands command queue -→- .mergify.yml:2"],
  },
])("Mergify's settings are told where $when", ({ head, seen = [] }) => {
  expect(facts(".mergify.yml", PROTECTED, head)).toEqual(seen);
});

test("one condition less of what is merged by itself is a raise", () => {
  const text = (conditions: string) =>
    `${PROTECTED}merge_protections_settings: {auto_merge_conditions: [${conditions}]}\n`;
  expect(facts(".mergify.yml", text("author=a"), text(""))).toEqual([
    "raised merge protections auto_merge_conditions checked→checked .mergify.yml:2",
  ]);
});

test.each([
  { path: ".policy.yml", more: "" },
  { path: ".bulldozer.yml", more: "ref: main\n" },
])("the rules that $path takes from elsewhere are told, and others are a raise", (file) => {
  const { path, more } = file;
  const head = `remote: acme/rules\n${more}`;
  expect(facts(path, "{}\n", head)).toEqual([`added acme/rules remote -→checked ${path}:1`]);
  expect(facts(path, head, `${head}path: other.yml\n`)).toEqual([
    `raised acme/rules remote checked→checked ${path}:1`,
  ]);
  expect(facts(path, "{}\n", `${head}other: 1\n`)).toEqual([]);
});

test("options that stand for all rules of policy-bot are options of each", () => {
  const base = policy(ASKED);
  const loose = "approval_defaults: {options: {allow_author: true}}\n";
  expect(facts(".policy.yml", base, `${base}${loose}`)).toEqual([
    "raised r approval -→- .policy.yml:3",
  ]);
  const ignoring = "approval_defaults: {options: {ignore_commits_by: {users: [eve]}}}\n";
  expect(facts(".policy.yml", base, `${base}${ignoring}`)).toHaveLength(1);
});

test("a policy of policy-bot's that asks for no rule any more is told", () => {
  const base = policy(ASKED);
  const head = base.replace(/^policy:.*\n(?: .*\n)*/, "");
  expect(facts(".policy.yml", base, head)).toContain(
    "removed policy approval required→- .policy.yml:1",
  );
});

function mergeable(validate: string, more = ""): string {
  return `version: 2\nmergeable:\n- when: pull_request.*\n  validate: [${validate}]\n${more}`;
}

const MERGES = "  pass: [{do: merge, merge_method: squash}]\n";

test.each([
  {
    what: "merging without a review",
    head: mergeable("{do: title}", MERGES),
    seen: ["added mergeable merge -→unguarded mergeable.yml:5"],
  },
  {
    what: "merging after a review",
    head: mergeable("{do: title}, {do: approvals, min: {count: 1}}", MERGES),
    seen: [
      "added mergeable approvals -→1 mergeable.yml:4",
      "added mergeable merge -→reviewed mergeable.yml:5",
    ],
  },
  {
    what: "a validation less",
    head: mergeable(""),
    seen: ["removed mergeable {do: title} required→- mergeable.yml:4"],
  },
  {
    what: "an event less",
    head: mergeable("{do: title}").replace("pull_request.*", "pull_request.opened"),
    seen: [
      "removed mergeable checks on pull_request.* required→- mergeable.yml:3",
      "added mergeable checks on pull_request.opened -→required mergeable.yml:3",
    ],
  },
  { what: "another message", head: mergeable("{do: title, message: a}"), seen: [] },
])("Mergeable is seen for $what", ({ head, seen }) => {
  expect(facts(".github/mergeable.yml", mergeable("{do: title}"), head)).toEqual(seen);
});

test("a validation less before Mergeable merges is a raise", () => {
  const [base, head] = ["{do: a}, {do: b}", "{do: a}"].map((all) => mergeable(all, MERGES));
  expect(facts(".github/mergeable.yml", base ?? "", head ?? "")).toContain(
    "raised mergeable merge unguarded→unguarded mergeable.yml:5",
  );
});

test("fewer approvals that Mergeable asks for are lowered", () => {
  const [base, head] = [2, 1].map((count) => mergeable(`{do: approvals, min: {count: ${count}}}`));
  expect(facts(".github/mergeable.yml", base ?? "", head ?? "")).toEqual([
    "lowered mergeable approvals 2→1 mergeable.yml:4",
  ]);
});

test("more choices than are written out are one condition, and one more is a raise", () => {
  const choices = Array.from({ length: 40 }, (_, n) => `label=a${n}`);
  const [base, head] = [choices, [...choices, "label=b"]].map((all) =>
    mergify(`{or: [${all.join()}]}`),
  );
  expect(facts(".mergify.yml", base ?? "", head ?? "")).toHaveLength(1);
});

test.each([
  { path: ".mergify.yml", text: "- a\n", code: "no-rules" },
  { path: ".mergify.yml", text: "a: 1\na: 2\n", code: "duplicate-key" },
  { path: ".kodiak.toml", text: "a =", code: "not-toml" },
])("$text in $path is not understood", ({ path, text, code }) => {
  expect(mergeRules.read(path, new TextEncoder().encode(text))).toMatchObject({ code });
});
