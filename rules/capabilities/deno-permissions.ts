import type { CapabilityReader } from "./capability.ts";
import { parseJson } from "./data/json.ts";
import { namedSets, setGrants } from "./deno-permissions/sets.ts";
import { taskGrants } from "./deno-permissions/tasks.ts";
import { claimByFolder } from "./in-folder.ts";
import { NotUnderstood, understand } from "./not-understood.ts";

/** Of a `package.json`; configurations of Deno have a hundredth of it. */
const MAX_BYTES = 1024 * 1024;

const MAX_CONFIG_BYTES = 256 * 1024;

const CONFIG = /(?:^|\/)deno\.jsonc?$/;
const PACKAGE = /(?:^|\/)package\.json$/;

/**
 * Reads `deno.json`, `deno.jsonc` and `package.json`: what the programs of Deno and Node that each
 * task or script starts may touch, and Deno's named sets of permissions.
 *
 * Source: docs.deno.com/runtime/fundamentals/security and /configuration; nodejs.org/api/permissions.html.
 */
export const denoPermissions: CapabilityReader = {
  name: "deno-permissions",
  kinds: { "deno.permission": ["scoped", "all"], "node.permission": ["kept", "scoped", "all"] },
  maxBytes: MAX_BYTES,
  claims: (path) => (CONFIG.test(path) || PACKAGE.test(path) ? claimByFolder(path) : null),
  read: (path, content) =>
    understand(() => {
      if (PACKAGE.test(path)) {
        const root = parseJson(content, { maxBytes: MAX_BYTES });
        // What is no package the reader of packages says.
        return root.type === "map" ? taskGrants(root, "scripts", new Map()) : [];
      }
      const root = parseJson(content, { maxBytes: MAX_CONFIG_BYTES, comments: "allowed" });
      if (root.type !== "map") throw new NotUnderstood("no-config", "no configuration", root);
      return [...taskGrants(root, "tasks", namedSets(root)), ...setGrants(root)];
    }),
};
