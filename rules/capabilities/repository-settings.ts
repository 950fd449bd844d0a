import type { Capability, CapabilityReader } from "./capability.ts";
import type { DataMap, DataNode, DataScalar } from "./data/data-node.ts";
import { entriesAt, mapsAt, scalarAt, scalarsAt } from "./data/values.ts";
import { parseYamlDocuments } from "./data/yaml.ts";
import { NotUnderstood, understand } from "./not-understood.ts";
import { access, switches } from "./repository-settings/repository.ts";
import { GUARD_LEVELS, branchProtection, guard } from "./repository-settings/protection.ts";
import { environment, ruleset } from "./repository-settings/ruleset.ts";

const MAX_BYTES = 256 * 1024;

/**
 * Reads the files from which a settings app sets up a repository: `.github/settings.yml`,
 * safe-settings' `.github/repos/` and `.github/suborgs/`, and `.asf.yaml`.
 *
 * Source: github.com/repository-settings/app, github.com/github/safe-settings,
 * github.com/apache/infrastructure-asfyaml.
 */
export const repositorySettings: CapabilityReader = {
  name: "repository-settings",
  kinds: {
    "settings.protection": GUARD_LEVELS,
    "settings.bypass": [],
    "settings.access": ["read", "triage", "write", "maintain", "admin"],
    "settings.repository": [],
  },
  maxBytes: MAX_BYTES,
  claims: (path) => {
    if (SETTINGS.test(path)) return "grants";
    return PARTS.test(path) ? "resembles" : null;
  },
  read: (_path, content, allowance) =>
    understand(() => {
      const dialect = { maxBytes: MAX_BYTES, documents: "one", mergeKeys: "merged" } as const;
      const [root] = parseYamlDocuments(content, dialect, allowance);
      if (root === undefined || isNothing(root)) return [];
      if (root.type !== "map") throw new NotUnderstood("no-settings", "no settings: no map", root);
      return settingsIn(root);
    }),
};

const SETTINGS = /^(?:\.github\/settings\.ya?ml|\.asf\.yaml)$/;

/** Other programs may keep files of their own under these names. */
const PARTS = /^\.github\/(?:repos|suborgs)\/[^/]+\.ya?ml$/;

function isNothing(node: DataNode): boolean {
  return node.type === "scalar" && node.resolved === "null";
}

function settingsIn(root: DataMap): Capability[] {
  return [
    ...scalarsAt(root, "_extends").map((base) =>
      guard("repository", `settings of ${base.text}`, base),
    ),
    ...lastOfEach(mapsAt(root, "branches")).flatMap(branch),
    ...entriesAt(root, "github", "protected_branches").flatMap(({ key, value }) =>
      value.type === "map" ? branchProtection(`branch ${key.text}`, key, value) : [],
    ),
    ...lastOfEach(mapsAt(root, "rulesets")).flatMap(([set, name]) => ruleset(set, name)),
    ...lastOfEach(mapsAt(root, "environments")).flatMap(([set, name]) => environment(set, name)),
    ...scalarsAt(root, "github", "protected_tags").map((tag) =>
      guard(`tag ${tag.text}`, "protection", tag),
    ),
    ...access(root),
    ...switches(root),
  ];
}

/** Of entries with one name the last: an app sets up one after the other. */
function lastOfEach(entries: readonly DataMap[]): [DataMap, DataScalar][] {
  const last = new Map<string, [DataMap, DataScalar]>();
  for (const entry of entries) {
    const name = scalarAt(entry, "name");
    if (name) last.set(name.text, [entry, name]);
  }
  return [...last.values()];
}

function branch([settings, name]: [DataMap, DataScalar]): Capability[] {
  const protection = entriesAt(settings).find(({ key }) => key.text === "protection")?.value;
  return protection?.type === "map"
    ? branchProtection(`branch ${name.text}`, name, protection)
    : [];
}
