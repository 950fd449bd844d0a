import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const RENOVATE = "renovate.json";
const DEPENDABOT = ".github/dependabot.yml";

const SETTINGS = {
  extends: ["config:recommended", "github>acme/presets"],
  minimumReleaseAge: "7 days",
  packageRules: [
    { matchUpdateTypes: ["patch"], matchPackageNames: ["a"], automerge: true },
    { matchUpdateTypes: ["major"], automerge: false },
  ],
};

const UPDATES = `version: 2
registries:
  own:
    type: npm-registry
    url: https://npm.acme.example
updates:
  - package-ecosystem: npm
    directory: /
    schedule: {interval: weekly}
    cooldown: {default-days: 7}
  - package-ecosystem: github-actions
    directory: /
    schedule: {interval: weekly}
`;

function renovate(head: object) {
  return {
    base: { [RENOVATE]: JSON.stringify(SETTINGS, null, 2) },
    head: { [RENOVATE]: JSON.stringify({ ...SETTINGS, ...head }, null, 2) },
  };
}

function dependabot(from: string, to: string) {
  return { base: { [DEPENDABOT]: UPDATES }, head: { [DEPENDABOT]: UPDATES.replace(from, to) } };
}

export const updateBotsSamples: FormatSamples = {
  reader: "update-bots",
  files: [
    { path: RENOVATE, text: JSON.stringify(SETTINGS, null, 2), movedTo: ".github/renovate.json5" },
    { path: DEPENDABOT, text: UPDATES, movedTo: ".github/dependabot.yaml" },
  ],
  gains: [
    {
      what: "more merges by itself",
      kind: "updates.automerge",
      ...renovate({
        packageRules: [
          { matchUpdateTypes: ["patch", "minor"], matchPackageNames: ["a"], automerge: true },
          { matchUpdateTypes: ["major"], automerge: false },
        ],
      }),
    },
    {
      what: "what was kept from merging by itself no longer is",
      kind: "updates.automerge",
      ...renovate({ packageRules: SETTINGS.packageRules.slice(0, 1) }),
    },
    { what: "tests are ignored", kind: "updates.unchecked", ...renovate({ ignoreTests: true }) },
    {
      what: "a command is run after updates",
      kind: "updates.command",
      ...renovate({ postUpgradeTasks: { commands: ["make"] } }),
    },
    {
      what: "settings come from another repository",
      kind: "updates.preset",
      ...renovate({ extends: [...SETTINGS.extends, "github>other/presets"] }),
    },
    {
      what: "packages come from another registry",
      kind: "updates.registry",
      ...dependabot("updates:", "  b: {type: pip, url: https://b.example}\nupdates:"),
    },
  ],
  losses: [
    {
      what: "an ecosystem is no longer kept up to date",
      kind: "updates.guard",
      ...dependabot(
        "weekly}\n    cooldown",
        "weekly}\n    open-pull-requests-limit: 0\n    cooldown",
      ),
    },
    {
      what: "releases are taken sooner",
      kind: "updates.guard",
      ...renovate({ minimumReleaseAge: "1 day" }),
    },
  ],
  nothing: [
    { what: "labels are added", ...renovate({ labels: ["dependencies"] }) },
    { what: "updates come daily", ...dependabot("weekly", "daily") },
  ],
  adversaries: [
    {
      what: "very many package rules",
      path: RENOVATE,
      write: (bytes) =>
        `{"packageRules":[${numbered(bytes, (n) => `{"matchPackageNames":["p${n}"],"automerge":${n % 2 === 0 ? "true" : "false"}},`)}{}]}`,
    },
    {
      what: "settings that never end",
      path: ".renovaterc",
      write: (bytes) => `{a: '${fill("\\'", bytes)}`,
    },
    {
      what: "a comment that never ends",
      path: ".renovaterc",
      write: (bytes) => fill("/* ", bytes),
    },
  ],
};
