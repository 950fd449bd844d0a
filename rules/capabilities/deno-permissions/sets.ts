import type { Capability } from "../capability.ts";
import { type DataEntry, type DataMap, type DataNode, entryOf } from "../data/data-node.ts";
import { entriesAt, valueAt } from "../data/values.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import { EVERYTHING } from "./permission.ts";
import type { NamedSets } from "./tasks.ts";
import { type Given, together } from "./together.ts";

/** Commands that have a set of their own, or the name of one, beside what tasks give them. */
const COMMANDS = ["test", "bench", "compile"];

/**
 * The sets of permissions that a configuration names or writes out, and the packages whose scripts
 * run when they are installed.
 */
export function setGrants(root: DataMap): Capability[] {
  const named = entriesAt(root, "permissions").map(({ key, value }) => ({
    ...{ holder: `permissions.${key.text}`, value },
  }));
  const own = COMMANDS.flatMap((command) => {
    const value = valueAt(root, command, "permissions");
    return value ? [{ holder: `${command}.permissions`, value }] : [];
  });
  const scripts = entryOf(root, "allowScripts");
  return [
    ...[...named, ...own].flatMap(({ holder, value }) =>
      granted(holder, permissionsOf(value, root), value),
    ),
    ...(scripts ? granted("allowScripts", entryGives(scripts, "scripts"), scripts.value) : []),
  ];
}

/** The same by their names, for what refers to them. */
export function namedSets(root: DataMap): NamedSets {
  const sets = entriesAt(root, "permissions");
  return new Map(sets.map(({ key, value }) => [key.text, permissionsOf(value, root)]));
}

/** What a set gives is all of it: only one that gives the same is the same under another name. */
function granted(holder: string, given: readonly Given[], content: DataNode): Capability[] {
  const holderContent = contentDigest(canonicalText(content));
  return together({ kind: "deno.permission", holder, holderContent }, given);
}

/** `{ "read": ["./data"], "env": true }`, or the name of a set that is written elsewhere in the file. */
function permissionsOf(value: DataNode, root: DataMap): Given[] {
  if (value.type !== "scalar") {
    return entriesAt(value).flatMap((entry) =>
      entryGives(entry, entry.key.text === "all" ? EVERYTHING : entry.key.text),
    );
  }
  const set = valueAt(root, "permissions", value.text);
  return set?.type === "map" ? permissionsOf(set, root) : [];
}

/** `true`, `["./data"]`, `{ "allow": true, "deny": ["./secrets"], "ignore": ["./other"] }` */
function entryGives({ key, value }: DataEntry, name: string): Given[] {
  const { line } = key;
  if (value.type === "map") {
    return [
      ...scopesOf(valueAt(value, "allow")).map((scope) => ({ name, scope, isDenied: false, line })),
      ...["deny", "ignore"].flatMap((how) =>
        scopesOf(valueAt(value, how)).map((scope) => ({ name, scope, isDenied: true, line })),
      ),
    ];
  }
  return scopesOf(value).map((scope) => ({ name, scope, isDenied: false, line }));
}

/** The places of one permission, null for all of them. */
function scopesOf(value: DataNode | undefined): (string | null)[] {
  if (value?.type === "list") return value.items.map(textOf);
  if (value?.type !== "scalar") return [];
  if (value.resolved === "boolean") return value.text === "true" ? [null] : [];
  return value.resolved === "string" ? [value.text] : [];
}

function textOf(node: DataNode): string {
  return node.type === "scalar" ? node.text : node.type;
}
