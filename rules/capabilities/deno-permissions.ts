import type { Capability, CapabilityReader } from "./capability.ts";
import { type DataEntry, type DataMap, type DataNode, entryOf } from "./data/data-node.ts";
import { parseJson } from "./data/json.ts";
import { entriesAt, stringAt } from "./data/values.ts";
import { type RunFlag, runFlags } from "./deno-permissions/flags.ts";
import { canonicalText, contentDigest } from "./holder-content.ts";
import { claimByFolder } from "./in-folder.ts";
import { NotUnderstood, understand } from "./not-understood.ts";
import { printable } from "./printable.ts";
import { distinctWays, type Way, wayTo } from "./reach.ts";

const MAX_BYTES = 256 * 1024;

/**
 * Reads `deno.json` and `deno.jsonc`: what the program that each task starts may touch, and the
 * named sets of permissions.
 *
 * Source: docs.deno.com/runtime/fundamentals/security and /configuration.
 */
export const denoPermissions: CapabilityReader = {
  name: "deno-permissions",
  kinds: { "deno.permission": ["scoped", "all"] },
  maxBytes: MAX_BYTES,
  claims: (path) => {
    if (!/(?:^|\/)deno\.jsonc?$/.test(path)) return null;
    return claimByFolder(path);
  },
  read: (_path, content) =>
    understand(() => {
      const root = parseJson(content, { maxBytes: MAX_BYTES, comments: "allowed" });
      if (root.type !== "map") throw new NotUnderstood("no-config", "no configuration", root);
      return [...taskGrants(root), ...setGrants(root)];
    }),
};

/** `"build": "deno run -A build.ts"`, `"build": { "command": "…" }` */
function taskGrants(root: DataMap): Capability[] {
  return entriesAt(root, "tasks").flatMap(({ key, value }) => {
    const command = value.type === "map" ? stringAt(value, "command") : value;
    if (command?.type !== "scalar") return [];
    const { line } = command;
    const allowed = runFlags(command.text).map((flag) => ({ ...flag, line }));
    return together(`tasks.${key.text}`, allowed, contentDigest(command.text));
  });
}

/** `"permissions": { "default": { "read": ["./data"], "env": true } }`, since Deno 2.5. */
function setGrants(root: DataMap): Capability[] {
  return entriesAt(root, "permissions").flatMap(({ key, value }) => {
    if (value.type !== "map") return [];
    const allowed = value.entries.flatMap((entry) =>
      valuesOf(entry).map((scope) => {
        const name = entry.key.text === "all" ? "everything" : entry.key.text;
        return { name, scope, line: entry.key.line };
      }),
    );
    return together(`permissions.${key.text}`, allowed, contentDigest(canonicalText(value)));
  });
}

/** The scopes of one permission, null for all of it. */
function valuesOf({ value }: DataEntry): readonly (string | null)[] {
  if (value.type === "map") {
    const allowed = entryOf(value, "allow");
    return allowed ? valuesOf(allowed) : [];
  }
  if (value.type === "list") return value.items.map(textOf);
  if (value.resolved === "boolean") return value.text === "true" ? [null] : [];
  return value.resolved === "string" ? [value.text] : [];
}

function textOf(node: DataNode): string {
  return node.type === "scalar" ? node.text : node.type;
}

interface Allowed extends RunFlag {
  readonly line: number;
}

/** One for each permission of a holder: a place more is a raise, and so are all of them. */
function together(
  holder: string,
  allowed: readonly Allowed[],
  holderContent: string,
): Capability[] {
  const named = Map.groupBy(allowed, ({ name }) => name);
  return [...named].map(([name, each]) => {
    const all = each.find(({ scope }) => scope === null);
    const scopes = each.map(({ scope }) => scope ?? "everywhere").sort();
    return {
      ...{ kind: "deno.permission", name: printable(name), holder: printable(holder) },
      ...{ context: printable([...new Set(scopes)].join(", ")), level: all ? "all" : "scoped" },
      ...{ line: (all ?? each[0])?.line ?? 1, certainty: "exact", holderContent },
      reach: distinctWays(each.map(wayOf)),
    };
  });
}

function wayOf({ scope, line }: Allowed): Way {
  const conditions = scope === null ? [] : [`within ${scope}`];
  return { ...wayTo("allowed", line), conditions };
}
