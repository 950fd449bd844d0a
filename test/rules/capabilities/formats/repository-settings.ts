import { numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const PATH = ".github/settings.yml";

const SETTINGS = `repository:
  private: true
  enable_vulnerability_alerts: true
  allow_auto_merge: false
branches:
  - name: main
    protection:
      required_status_checks:
        strict: true
        contexts: [test, lint]
      enforce_admins: true
      required_pull_request_reviews:
        required_approving_review_count: 2
        require_code_owner_reviews: true
        bypass_pull_request_allowances:
          users: [bot]
      restrictions:
        users: []
        teams: [core]
  - name: next
    protection:
      enforce_admins: true
collaborators:
  - username: ann
    permission: triage
rulesets:
  - name: tags
    enforcement: active
    bypass_actors:
      - actor_id: 1
        actor_type: Team
    conditions:
      ref_name:
        include: [~ALL]
        exclude: []
    rules:
      - type: deletion
      - type: pull_request
        parameters:
          required_approving_review_count: 1
environments:
  - name: production
    wait_timer: 30
`;

function change(from: string, to: string) {
  return { base: { [PATH]: SETTINGS }, head: { [PATH]: SETTINGS.replace(from, to) } };
}

export const repositorySettingsSamples: FormatSamples = {
  reader: "repository-settings",
  files: [
    { path: PATH, text: SETTINGS, movedTo: ".github/repos/a.yml" },
    {
      path: ".asf.yaml",
      text: "github:\n  protected_branches:\n    main:\n      required_signatures: true\n",
    },
  ],
  gains: [
    {
      what: "somebody else is let past reviews",
      kind: "settings.bypass",
      ...change("users: [bot]", "users: [bot, ann]"),
    },
    {
      what: "a collaborator may write",
      kind: "settings.access",
      ...change("permission: triage", "permission: push"),
    },
    {
      what: "pull requests may merge by themselves",
      kind: "settings.repository",
      ...change("allow_auto_merge: false", "allow_auto_merge: true"),
    },
  ],
  losses: [
    {
      what: "a check is no longer required",
      kind: "settings.protection",
      ...change("[test, lint]", "[test]"),
    },
    {
      what: "fewer approvals are required",
      kind: "settings.protection",
      ...change("review_count: 2", "review_count: 1"),
    },
  ],
  nothing: [
    {
      what: "a description is added",
      ...change("  private: true", "  private: true\n  homepage: a"),
    },
  ],
  adversaries: [
    {
      what: "settings with very many branches",
      path: PATH,
      write: (bytes) =>
        `branches:\n${numbered(bytes, (n) => `- {name: b${n}, protection: {enforce_admins: true}}\n`)}`,
    },
    {
      what: "settings with very many who are let past",
      path: PATH,
      write: (bytes) =>
        `branches:\n- name: a\n  protection: {restrictions: {users: [${numbered(bytes, (n) => `u${n},`)}]}}\n`,
    },
  ],
};
