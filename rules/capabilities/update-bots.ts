import type { Allowance, Capability, CapabilityReader } from "./capability.ts";
import type { DataNode } from "./data/data-node.ts";
import { parseJson5 } from "./data/json5.ts";
import { parseYamlDocuments } from "./data/yaml.ts";
import { NotUnderstood, understand } from "./not-understood.ts";
import { GUARD_LEVELS, UPDATE_LEVELS } from "./update-bots/bot-capability.ts";
import { dependabotSettings } from "./update-bots/dependabot.ts";
import { renovateSettings } from "./update-bots/renovate.ts";

const MAX_BYTES = 128 * 1024;

const DEPENDABOT = /^\.github\/dependabot\.ya?ml$/;

const RENOVATE =
  /^(?:(?:\.github\/|\.gitlab\/)?renovate\.(?:json|jsonc|json5)|\.renovaterc(?:\.(?:json|jsonc|json5))?)$/;

/** Reads the settings of the bots that update dependencies: Dependabot and Renovate. */
export const updateBots: CapabilityReader = {
  name: "update-bots",
  kinds: {
    "updates.automerge": UPDATE_LEVELS,
    "updates.unchecked": [],
    "updates.command": [],
    "updates.registry": [],
    "updates.preset": [],
    "updates.guard": GUARD_LEVELS,
  },
  maxBytes: MAX_BYTES,
  // What the bots cannot read they do not obey.
  claims: (path) => (DEPENDABOT.test(path) || RENOVATE.test(path) ? "resembles" : null),
  read: (path, content, allowance) =>
    understand((): readonly Capability[] => {
      const root = parse(path, content, allowance);
      if (root === undefined || (root.type === "scalar" && root.resolved === "null")) return [];
      if (root.type !== "map") throw new NotUnderstood("no-settings", "no settings: no map", root);
      return DEPENDABOT.test(path) ? dependabotSettings(root) : renovateSettings(root);
    }),
};

function parse(path: string, content: Uint8Array, allowance?: Allowance): DataNode | undefined {
  if (!DEPENDABOT.test(path)) return parseJson5(content, MAX_BYTES);
  const dialect = { maxBytes: MAX_BYTES, documents: "one", mergeKeys: "merged" } as const;
  return parseYamlDocuments(content, dialect, allowance)[0];
}
