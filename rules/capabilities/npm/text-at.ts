import { type DataMap, type DataNode, entryOf } from "../data/data-node.ts";
import { entriesAt, textAt } from "../data/values.ts";
import { DEPENDENCY_LISTS } from "./package-dependencies.ts";

/** Whether `true` stands at a key, as a text too. */
export function isTrueAt(map: DataNode, key: string): boolean {
  return textAt(map, key)?.toLowerCase() === "true";
}

/** The line of a key, undefined where it is not there. */
export function lineAt(map: DataMap, key: string): number | undefined {
  return entryOf(map, key)?.key.line;
}

/** What a map says of where its parts stand, by the keys that lock files have for them. */
export function linesIn(
  map: DataMap,
  { source, integrity }: { readonly source: string; readonly integrity: string },
): { readonly source?: number; readonly integrity?: number } {
  const [sourceLine, integrityLine] = [lineAt(map, source), lineAt(map, integrity)];
  return {
    ...(sourceLine !== undefined && { source: sourceLine }),
    ...(integrityLine !== undefined && { integrity: integrityLine }),
  };
}

/** Where a lock file says, by `true` at this key, that installing the package runs a script of its own. */
export function scriptIn(map: DataMap, key: string): { readonly script?: number } {
  const line = lineAt(map, key);
  return line !== undefined && isTrueAt(map, key) ? { script: line } : {};
}

/** The digests of a subresource integrity text, of which one is enough; empty where there is none. */
export function digestsOf(text = ""): readonly string[] {
  return text.split(/\s+/).filter((digest) => digest !== "");
}

/** What a manifest, as a lock file keeps it, names itself. */
export function namedBy(manifest: DataNode): string[] {
  return DEPENDENCY_LISTS.flatMap((list) => entriesAt(manifest, list).map(({ key }) => key.text));
}
