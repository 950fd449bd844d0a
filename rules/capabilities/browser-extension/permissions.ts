import type { DataMap, DataNode, DataScalar } from "../data/data-node.ts";
import { listedAt } from "../data/values.ts";
import { printable } from "../printable.ts";
import { type Way, wayTo } from "../reach.ts";
import { ASKED, type Grant } from "./hosts.ts";
import { readPattern } from "./match-pattern.ts";
import { permissionLevel } from "./permission-names.ts";

const LISTS = [
  { key: "permissions", conditions: [] },
  { key: "optional_permissions", conditions: [ASKED] },
] as const;

/** What an extension may call of the browser, each permission once, from whichever list. */
export function permissionGrants(root: DataMap): Grant[] {
  const named = new Map<string, { line: number; reach: Way[] }>();
  for (const { key, conditions } of LISTS) {
    for (const { text, line } of listedAt(root, key).flatMap(namesOf)) {
      const known = named.get(text) ?? { line, reach: [] };
      known.reach.push({ ...wayTo("granted", line), conditions });
      named.set(text, known);
    }
  }
  return [...named].map(([name, { line, reach }]) => ({
    ...{ kind: "browser.permission", name: printable(name), level: permissionLevel(name) },
    ...{ context: contextOf(reach), line, reach },
  }));
}

/** `"cookies"`, `{ "usbDevices": [...] }`; patterns of hosts are told elsewhere. */
function namesOf(item: DataNode): DataScalar[] {
  if (item.type === "map") return item.entries.map(({ key }) => key);
  if (item.type !== "scalar" || item.resolved !== "string") return [];
  return readPattern(item.text, "ignored") ? [] : [item];
}

function contextOf(reach: readonly Way[]): string {
  return reach.every(({ conditions }) => conditions.length > 0) ? ASKED : "from the start";
}
