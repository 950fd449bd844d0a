import type { Capability } from "../capability.ts";
import { printable } from "../printable.ts";
import { distinctWays, type Way, wayTo } from "../reach.ts";
import { EVERYTHING, type Permission } from "./permission.ts";

/** A permission, and the line where it is given. */
export interface Given extends Permission {
  readonly line: number;
}

/** Who is given permissions, and by what. */
export interface Holder {
  readonly kind: "deno.permission" | "node.permission";
  readonly holder: string;
  readonly holderContent: string;
}

/**
 * One capability for each permission of a holder: a place more is a raise, and so are all of them,
 * and one that is kept back no more. Whoever had everything gains nothing by a part of it.
 */
export function together(
  { kind, holder, holderContent }: Holder,
  given: readonly Given[],
): Capability[] {
  const denied = given.filter(({ isDenied }) => isDenied);
  const named = Map.groupBy(
    given.filter(({ isDenied }) => !isDenied),
    ({ name }) => name,
  );
  return [...named].map(([name, each]) => {
    const all = each.find(({ scope }) => scope === null);
    const scopes = each.map(({ scope }) => scope ?? "everywhere").sort();
    const kept = denied.filter((one) => name === EVERYTHING || one.name === name).map(keptBack);
    return {
      ...{ kind, name: printable(name), holder: printable(holder), holderContent },
      ...{ context: printable([...new Set([...scopes, ...kept])].join(", ")) },
      ...{ level: all ? "all" : "scoped", line: (all ?? each[0])?.line ?? 1, certainty: "exact" },
      ...(name !== EVERYTHING && { wider: [EVERYTHING] }),
      reach: distinctWays(each.map((one) => wayOf(one, kept))),
    };
  });
}

function keptBack({ name, scope }: Given): string {
  return `not ${name} ${scope ?? "everywhere"}`;
}

function wayOf({ scope, line }: Given, kept: readonly string[]): Way {
  const within = scope === null ? [] : [`within ${scope}`];
  return { ...wayTo("allowed", line), conditions: [...new Set([...within, ...kept])].sort() };
}
