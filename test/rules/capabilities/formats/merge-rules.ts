import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const PATH = ".mergify.yml";

const MERGIFY = `queue_rules:
  - name: default
    merge_conditions:
      - check-success=test
      - check-success=lint
pull_request_rules:
  - name: merge what is approved
    conditions:
      - "#approved-reviews-by>=2"
      - or:
          - label=ready
          - author=bot
    actions:
      queue:
        name: default
merge_protections:
  - name: titles
    success_conditions:
      - title~=^fix
      - label=any
`;

const POLICY = `policy:
  approval:
    - reviewed
    - or: [owned, trusted]
approval_rules:
  - name: reviewed
    requires:
      count: 2
      teams: [acme/core]
    options:
      invalidate_on_push: true
  - name: owned
    requires:
      count: 1
  - name: trusted
    if:
      has_author_in:
        users: [bot]
    requires:
      count: 1
`;

const KODIAK = `version = 1

[merge]
automerge_label = "ship"
blocking_labels = ["wait"]
`;

function change(path: string, text: string, from: string, to: string) {
  return { base: { [path]: text }, head: { [path]: text.replace(from, to) } };
}

export const mergeRulesSamples: FormatSamples = {
  reader: "merge-rules",
  files: [
    { path: PATH, text: MERGIFY, movedTo: ".github/mergify.yml" },
    { path: ".policy.yml", text: POLICY },
    { path: ".kodiak.toml", text: KODIAK, movedTo: ".github/.kodiak.toml" },
    {
      path: ".bulldozer.yml",
      text: "merge:\n  trigger:\n    labels: [ship]\n  required_statuses: [test]\n",
    },
    {
      path: ".github/mergeable.yml",
      text: "mergeable:\n  - when: pull_request.*\n    validate:\n      - do: title\n    pass:\n      - do: merge\n",
    },
  ],
  gains: [
    {
      what: "a rule that merges loses a condition",
      kind: "merge.rule",
      ...change(PATH, MERGIFY, '      - "#approved-reviews-by>=2"\n', ""),
    },
    {
      what: "a queue loses its check",
      kind: "merge.queue",
      ...change(PATH, MERGIFY, "      - check-success=lint\n", ""),
    },
    {
      what: "others may approve",
      kind: "merge.approver",
      ...change(".policy.yml", POLICY, "[acme/core]", "[acme/core, acme/all]"),
    },
    {
      what: "a label less keeps Kodiak from merging",
      kind: "merge.rule",
      ...change(".kodiak.toml", KODIAK, '["wait"]', "[]"),
    },
  ],
  losses: [
    {
      what: "a merge protection asks for less",
      kind: "merge.guard",
      ...change(PATH, MERGIFY, "      - title~=^fix\n", ""),
    },
    {
      what: "fewer approvals are asked for",
      kind: "merge.guard",
      ...change(".policy.yml", POLICY, "count: 2", "count: 1"),
    },
  ],
  nothing: [
    {
      what: "conditions are written in another way",
      ...change(PATH, MERGIFY, "author=bot", '"author == bot"'),
    },
    {
      what: "a rule gets another name",
      ...change(PATH, MERGIFY, "merge what is approved", "approved"),
    },
  ],
  adversaries: [
    {
      what: "very many rules under a long option of all",
      path: ".policy.yml",
      write: (bytes) =>
        `approval_defaults: {options: {ignore_commits_by: {users: [${numbered(bytes / 2, (n) => `u${n}, `)}]}}}\napproval_rules:\n${numbered(bytes / 2, (n) => `- {name: r${n}}\n`)}`,
    },
    {
      what: "a recipe that validates very much and merges very often",
      path: ".github/mergeable.yml",
      write: (bytes) =>
        `mergeable:\n- validate:\n${numbered(bytes / 2, (n) => `  - {do: a${n}}\n`)}  pass:\n${fill("  - {do: merge}\n", bytes / 2)}`,
    },
    {
      what: "a rule with very many conditions",
      path: PATH,
      write: (bytes) =>
        `pull_request_rules:\n- name: a\n  actions: {merge: {}}\n  conditions:\n${numbered(bytes, (n) => `  - label=a${n}\n`)}`,
    },
    {
      what: "a rule with very many choices",
      path: PATH,
      write: (bytes) =>
        `pull_request_rules:\n- name: a\n  actions: {merge: {}}\n  conditions:\n${fill("  - or: [a=b, c=d]\n", bytes)}`,
    },
    {
      what: "very many rules with choices",
      path: PATH,
      write: (bytes) =>
        `pull_request_rules:\n${numbered(bytes, (n) => `- {name: a${n}, actions: {merge: }, conditions: [{or: [a=1, b=2]}, {or: [a=1, b=3]}, {or: [a=2, c=2]}, {or: [d=1, e=2]}, {or: [f=1, b=g]}]}\n`)}`,
    },
  ],
};
