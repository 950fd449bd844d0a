import type { Power } from "../container/powers.ts";
import { type DataMap, type DataNode, entryAt } from "../data/data-node.ts";

/** A power and where it is given. */
export type Placed = Power & { readonly line: number };

/**
 * What a codespace's token may do in other repositories: `{"acme/x": {"permissions": "write-all"}}`,
 * or scope by scope.
 *
 * Source: docs.github.com, "Managing access to other repositories within your codespace".
 */
export function codespaceRights(root: DataMap): Placed[] {
  const repositories = entryAt(root, ["customizations", "codespaces", "repositories"])?.value;
  if (repositories?.type !== "map") return [];
  return repositories.entries.flatMap(({ key, value }) => {
    const permissions = value.type === "map" ? entryAt(value, ["permissions"])?.value : undefined;
    return scopesIn(permissions).map(([scope, level, line]): Placed => {
      const name = `codespace token ${key.text} ${[scope, level].join(" ").trim()}`;
      return { name, level: /write/i.test(level) ? "broad" : "limited", line };
    });
  });
}

function scopesIn(
  permissions: DataNode | undefined,
): (readonly [scope: string, level: string, line: number])[] {
  if (permissions?.type === "scalar") return [["", permissions.text, permissions.line]];
  if (permissions?.type !== "map") return [];
  return permissions.entries.flatMap(({ key, value }) =>
    value.type === "scalar" ? [[key.text, value.text, value.line] as const] : [],
  );
}
