import { type DataMap, entryOf } from "../data/data-node.ts";

/** The text at a key, "" where there is none. */
export function textAt(map: DataMap, key: string): string {
  const value = entryOf(map, key)?.value;
  return value?.type === "scalar" && value.resolved !== "null" ? value.text : "";
}

/** Whether `true` stands at a key. */
export function isTrueAt(map: DataMap, key: string): boolean {
  return textAt(map, key).toLowerCase() === "true";
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

/** The digests of a subresource integrity text, of which one is enough; empty where there is none. */
export function digestsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((digest) => digest !== "");
}

/** The names that stand in these maps of a map: what a manifest, as a lock file keeps it, names itself. */
export function namesIn(map: DataMap, lists: readonly string[]): string[] {
  return lists.flatMap((list) => {
    const named = entryOf(map, list)?.value;
    return named?.type === "map" ? named.entries.map(({ key }) => key.text) : [];
  });
}
