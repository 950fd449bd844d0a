import type { Allowance, Capability, CapabilityReader } from "./capability.ts";
import type { DataNode } from "./data/data-node.ts";
import { parseJson5 } from "./data/json5.ts";
import { valueAt } from "./data/values.ts";
import { parseYamlDocuments } from "./data/yaml.ts";
import { mentions } from "./mentions.ts";
import { NotUnderstood, understand } from "./not-understood.ts";
import { GUARD_LEVELS, UPDATE_LEVELS } from "./update-bots/bot-capability.ts";
import { dependabotSettings } from "./update-bots/dependabot.ts";
import { renovateSettings } from "./update-bots/renovate.ts";

const MAX_BYTES = 256 * 1024;

const DEPENDABOT = /^\.github\/dependabot\.ya?ml$/;

const RENOVATE =
  /^(?:(?:\.github\/|\.gitlab\/)?renovate\.(?:json|jsonc|json5)|\.renovaterc(?:\.(?:json|jsonc|json5))?)$/;

/** Renovate takes its settings from a key of it where there is no file of its own. */
const PACKAGE = "package.json";

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
  claims: (path) => {
    const isOwn = DEPENDABOT.test(path) || RENOVATE.test(path) || path === PACKAGE;
    return isOwn ? "resembles" : null;
  },
  read: (path, content, allowance) =>
    understand((): readonly Capability[] => {
      // Most say nothing of it.
      if (path === PACKAGE && !mentions(content, ["renovate"])) return [];
      const file = parse(path, content, allowance);
      const root = path === PACKAGE ? valueAt(file, "renovate") : file;
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
