import type { Allowance, Capability, CapabilityReader } from "./capability.ts";
import type { DataMap, DataNode } from "./data/data-node.ts";
import { parseToml } from "./data/toml.ts";
import { parseYamlDocuments } from "./data/yaml.ts";
import { bulldozerRules } from "./merge-rules/bulldozer.ts";
import { kodiakRules } from "./merge-rules/kodiak.ts";
import { mergeableRules } from "./merge-rules/mergeable.ts";
import { mergifyRules } from "./merge-rules/mergify.ts";
import { policyBotRules } from "./merge-rules/policy-bot.ts";
import { RULE_LEVELS } from "./merge-rules/rule.ts";
import { NotUnderstood, understand } from "./not-understood.ts";
import { GUARD_LEVELS } from "./repository-settings/protection.ts";

const MAX_BYTES = 256 * 1024;

/** The bots that merge or approve by themselves, each by the paths of its file. */
const BOTS: readonly { readonly path: RegExp; readonly read: (root: DataMap) => Capability[] }[] = [
  { path: /^(?:\.mergify|\.github\/mergify|\.mergify\/config)\.ya?ml$/, read: mergifyRules },
  { path: /^\.policy\.ya?ml$/, read: policyBotRules },
  { path: /^(?:\.github\/)?\.?kodiak\.toml$/, read: kodiakRules },
  { path: /^(?:\.github\/)?\.?bulldozer\.ya?ml$/, read: bulldozerRules },
  { path: /^\.github\/mergeable\.ya?ml$/, read: mergeableRules },
];

/** Reads the rules by which a bot merges or approves: Mergify, policy-bot, Kodiak, Bulldozer and Mergeable. */
export const mergeRules: CapabilityReader = {
  name: "merge-rules",
  kinds: {
    "merge.rule": RULE_LEVELS,
    "merge.queue": [],
    "merge.guard": GUARD_LEVELS,
    "merge.approver": [],
  },
  maxBytes: MAX_BYTES,
  claims: (path) => (botOf(path) ? "grants" : null),
  read: (path, content, allowance) =>
    understand(() => {
      const root = parse(path, content, allowance);
      if (root === undefined || (root.type === "scalar" && root.resolved === "null")) return [];
      if (root.type !== "map") throw new NotUnderstood("no-rules", "no rules: no map", root);
      return botOf(path)?.read(root) ?? [];
    }),
};

function botOf(path: string) {
  return BOTS.find((bot) => bot.path.test(path));
}

function parse(path: string, content: Uint8Array, allowance?: Allowance): DataNode | undefined {
  if (path.endsWith(".toml")) return parseToml(content, MAX_BYTES);
  const dialect = { maxBytes: MAX_BYTES, documents: "one", mergeKeys: "merged" } as const;
  return parseYamlDocuments(content, dialect, allowance)[0];
}
