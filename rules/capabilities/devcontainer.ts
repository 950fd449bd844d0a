import { SETTING_LEVELS } from "./autorun/editor-settings.ts";
import type { CapabilityReader, Claim } from "./capability.ts";
import { POWER_LEVELS } from "./container/powers.ts";
import { USER_LEVELS } from "./container/user.ts";
import { parseJson } from "./data/json.ts";
import { COMMAND_KIND, COMMAND_LEVELS, readCommands } from "./devcontainer/commands.ts";
import {
  EXTENSION_KIND,
  readEditorSettings,
  readExtensions,
  readFeatures,
} from "./devcontainer/features.ts";
import { DEV_USER_KIND, readDevUsers, readRights, RIGHT_KIND } from "./devcontainer/rights.ts";
import { claimByFolder } from "./in-folder.ts";
import { NotUnderstood, understandAll } from "./not-understood.ts";

const MAX_BYTES = 256 * 1024;

/**
 * Reads the metadata of development containers and of their features: which commands run where as
 * soon as somebody opens the repository in one, and what opens the machine to it.
 *
 * Source: containers.dev/implementors/json_reference and /features.
 */
export const devcontainer: CapabilityReader = {
  name: "devcontainer",
  kinds: {
    [COMMAND_KIND]: COMMAND_LEVELS,
    [RIGHT_KIND]: POWER_LEVELS,
    [DEV_USER_KIND]: USER_LEVELS,
    [EXTENSION_KIND]: [],
    "autorun.setting": SETTING_LEVELS,
  },
  maxBytes: MAX_BYTES,
  claims: claimOf,
  read: (_path, content) =>
    understandAll(() => {
      const root = parseJson(content, { maxBytes: MAX_BYTES, comments: "allowed" });
      if (root.type !== "map") {
        throw new NotUnderstood("no-devcontainer", "no development container: no object", root);
      }
      return {
        capabilities: [
          ...readCommands(root),
          ...readRights(root),
          ...readDevUsers(root),
          ...readExtensions(root),
          ...readEditorSettings(root),
        ],
        dependencies: readFeatures(root),
      };
    }),
};

// `.devcontainer.json`, `.devcontainer/devcontainer.json`, one for each of several in folders of it
const NAMED =
  /(?:^|\/)(?:\.devcontainer\.json|\.devcontainer\/(?:[^/]+\/)?devcontainer\.json|devcontainer-feature\.json)$/i;

function claimOf(path: string): Claim | null {
  if (!NAMED.test(path)) return null;
  return claimByFolder(path);
}
