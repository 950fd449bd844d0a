import { foldedName } from "../rules/change/folded-name.ts";
import { pathText } from "../rules/change/path-text.ts";
import type { Tree } from "./tree.ts";

/**
 * Finds, for a name of a tree, another one of it that differs in nothing but case or Unicode form;
 * null where there is none, or the tree has not the name. Of several it gives the first. Names hold
 * one character a byte. All names are folded at the first question, and once.
 */
export function alikeNames(tree: Tree): (name: string) => string | null {
  let groups: ReadonlyMap<string, readonly string[]> | null = null;
  return (name) => {
    if (!tree.has(name)) return null;
    groups ??= Map.groupBy(tree.keys(), folded);
    return groups.get(folded(name))?.find((other) => other !== name) ?? null;
  };
}

function folded(name: string): string {
  return foldedName(pathText(Buffer.from(name, "latin1")));
}
